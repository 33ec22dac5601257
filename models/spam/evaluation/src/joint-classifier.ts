import { type DenseInput, type InputSpec, type OnnxClassifier, dense, defineOnnxClassifier } from '@clamor/contract';
import type { Mail } from '@clamor/spam';

/** A member whose features the joint model reads. */
export interface JointMember {
  readonly name: string;
  readonly classifier: OnnxClassifier<Mail>;
}

/**
 * One classifier over the features of all members, as a baseline: every input of every member, and which of them abstained.
 *
 * It couples all members and is therefore never a member itself.
 *
 * @param artifact - The exported joint model.
 * @param members - In the order in which the joint model was fitted. A member must decide to abstain before it writes.
 */
export function jointClassifier(artifact: URL, members: readonly JointMember[]): OnnxClassifier<Mail> {
  const inputs: Record<string, InputSpec<Mail>> = {};
  for (const { name, classifier } of members) {
    for (const [input, spec] of Object.entries(classifier.inputs)) inputs[jointInput(name, input)] = spec;
  }
  return defineOnnxClassifier<Mail, Record<string, InputSpec<Mail>> & { abstained: DenseInput }>({
    artifact,
    inputs: { ...inputs, abstained: dense(members.length) },
    features: (mail, targets) => {
      const all = targets as unknown as Readonly<Record<string, unknown>> & { abstained: Float32Array };
      for (const [i, { name, classifier }] of members.entries()) {
        const own = Object.keys(classifier.inputs).map((input) => [input, all[jointInput(name, input)]]);
        if (classifier.features(mail, Object.fromEntries(own)) === false) all.abstained[i] = 1;
      }
    },
  });
}

/** Name of a member's input in the joint graph. */
function jointInput(member: string, input: string): string {
  return `${member.replaceAll('-', '_')}_${input}`;
}
