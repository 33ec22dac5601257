/** Options of the plugin in nx.json: `{ "plugin": "@clamor/nx", "options": { … } }`. */
export interface PluginOptions {
  /**
   * Whether every package of the workspace is on the map: packages without a marker get targets, and one that has no place is a
   * fault. Default `false`: only packages with a marker are, and the others are hosts.
   */
  readonly allPackages?: boolean;
  /**
   * Command that trains a member whose recipe is training/recipe.json; `{member}` in it stands for the member's short name. Default:
   * such a member has no target `train`.
   */
  readonly recipeCommand?: string;
}
