import { describe, expect, it } from 'vitest';
import { encoderElsewhere } from './batch-reasons.ts';

describe('encoderElsewhere', () => {
  it('is no reason when the encoder cost nothing while the batch waited', () => {
    expect(encoderElsewhere({ crashes: 1, deadlines: 2 }, { crashes: 1, deadlines: 2 })).toBeNull();
  });

  it('says what the encoder did to its worker meanwhile', () => {
    const before = { crashes: 1, deadlines: 2 };
    expect(encoderElsewhere(before, { crashes: 2, deadlines: 2 })?.code).toBe('ENCODER_CRASHED');
    expect(encoderElsewhere(before, { crashes: 1, deadlines: 3 })?.code).toBe('ENCODER_DEADLINE');
    expect(encoderElsewhere(before, { crashes: 2, deadlines: 3 })?.code).toBe('ENCODER_DEADLINE');
  });
});
