import { registerHooks } from 'node:module';
import { parse } from 'yaml';

/** What is looked at of a workflow, once GitHub's own parser has found nothing wrong with it. */
interface Workflow {
  readonly on: { readonly [event: string]: unknown };
  readonly permissions?: Permissions;
  readonly jobs: { readonly [id: string]: Job };
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: Permissions;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly 'fetch-depth'?: number; readonly 'version-script'?: string };
}

type Permissions = string | { readonly [scope: string]: string };

/** What a workflow may call by name. */
export interface WorkflowRepository {
  /** Scripts of the root package.json. */
  readonly scripts: readonly string[];
  /** Programs of the repository itself: `.ci/run`. */
  readonly programs: readonly string[];
}

/** Commands that look at the history: a shallow clone has none. */
const READS_HISTORY = /\b(check|score|compare:merge|gate:merge|version|release)\b|\.ci\/run/;

/**
 * What is wrong with a workflow of GitHub Actions.
 *
 * First GitHub's own parser: keys, values, and in expressions which contexts and functions there are. When it finds nothing:
 *
 * - every script and program that a step calls is there;
 * - nothing starts with rights on behalf of a change from outside (`pull_request_target`, `workflow_run`);
 * - no expression is in a shell command, where a title or a branch could end the command and begin another; only in its environment;
 * - the workflow may read and nothing else, and a job that writes in answer to a pull request runs nothing of the repository;
 * - actions are pinned by commit, with the version beside it;
 * - what reads the history has it, what is needed is there, and no job runs for six hours.
 *
 * @returns Sentences; empty when all is well.
 */
export async function workflowFaults(file: string, text: string, repository: WorkflowRepository): Promise<string[]> {
  const parsed = await parserFaults(file, text);
  if (parsed.length > 0) return parsed;
  const workflow = parse(text) as Workflow;
  const events = Object.keys(workflow.on);
  const faults = events
    .filter((event) => event === 'pull_request_target' || event === 'workflow_run')
    .map((event) => `${event} gives rights of the repository to a change from outside`);
  if (JSON.stringify(workflow.permissions) !== '{"contents":"read"}') {
    faults.push('permissions of the whole are not "contents: read" alone');
  }
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const own = jobFaults(job, { workflow, repository, isAnswer: events.includes('pull_request') });
    faults.push(...own.map((fault) => `${id}: ${fault}`));
  }
  const unpinned = text
    .split('\n')
    .filter((line) => /\buses:/.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
  faults.push(...unpinned.map((line) => `not pinned by commit with its version beside it: ${line.trim()}`));
  return faults;
}

interface JobContext {
  readonly workflow: Workflow;
  readonly repository: WorkflowRepository;
  /** Whether it runs in answer to a pull request. */
  readonly isAnswer: boolean;
}

function jobFaults({ needs = [], permissions = {}, steps = [], ...job }: Job, context: JobContext): string[] {
  const faults = [needs]
    .flat()
    .filter((id) => !(id in context.workflow.jobs))
    .map((id) => `needs ${id}, which is no job`);
  if (job['timeout-minutes'] === undefined) faults.push('no timeout-minutes');
  const commands = steps.flatMap(({ run, with: inputs }) => [run ?? '', inputs?.['version-script'] ?? '']);
  for (const command of commands) {
    if (command.includes('${{')) faults.push(`an expression in a shell command: ${command.trim().split('\n')[0]}`);
    faults.push(...calledFaults(command, context.repository));
  }
  const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@') === true);
  if (commands.some((command) => READS_HISTORY.test(command)) && checkout?.with?.['fetch-depth'] !== 0) {
    faults.push('reads the history, and checks out without fetch-depth: 0');
  }
  const writes = typeof permissions === 'string' || Object.values(permissions).includes('write');
  if (context.isAnswer && writes && checkout !== undefined) faults.push('may write, and runs code of the change');
  return faults;
}

function calledFaults(command: string, { scripts, programs }: WorkflowRepository): string[] {
  const called = [...command.matchAll(/\bnpm (?:run (?:--silent )?|(?=test\b|start\b))([\w:.-]+)/g)].map(
    ([, name]) => name!,
  );
  const started = [...command.matchAll(/(?:^|\s)(\.[\w-]*\/[\w./-]+)/g)].map(([, path]) => path!);
  return [
    ...called.filter((name) => !scripts.includes(name)).map((name) => `npm run ${name}: there is no such script`),
    ...started.filter((path) => !programs.includes(path)).map((path) => `${path}: there is no such program`),
  ];
}

async function parserFaults(file: string, text: string): Promise<string[]> {
  // It imports JSON as bundlers understand it, and Node wants to be told.
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  });
  const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import('@actions/workflow-parser');
  hooks.deregister();
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  // What is wrong between jobs shows when they are put together.
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return [...new Set(context.errors.getErrors().map(({ message }) => message))];
}
