import { resourceNotFound, validationException } from './routing-errors.ts';

/** The state of a routing control: whether traffic flows. */
export type RoutingState = 'On' | 'Off';

/** A switch for the traffic to one place. */
export interface RoutingControl {
  readonly arn: string;
  readonly name: string;
  state: RoutingState;
}

/** An assertion rule: how many of some controls must be On after every change of one of them. */
export interface SafetyRule {
  readonly arn: string;
  readonly name: string;
  readonly controlArns: readonly string[];
  readonly type: 'ATLEAST' | 'AND' | 'OR';
  /** For ATLEAST: how many. */
  readonly threshold: number;
  /** Whether the rule says what must not hold. */
  readonly isInverted: boolean;
  /** Milliseconds after a change of one of the controls in which the next is refused. */
  readonly waitPeriodMs: number;
  /** Unix milliseconds; undefined where no control of the rule has changed. */
  changedAtMs: number | undefined;
}

/** Controls that belong together, and the rules over them. */
export interface ControlPanel {
  readonly arn: string;
  readonly name: string;
  readonly controls: readonly RoutingControl[];
  readonly rules: readonly SafetyRule[];
}

/** The control panels of a cluster. */
export class ControlPanels {
  #panels: readonly ControlPanel[] = [];

  replace(panels: readonly ControlPanel[]): void {
    this.#panels = panels;
  }

  all(): readonly ControlPanel[] {
    return this.#panels;
  }

  rules(): readonly SafetyRule[] {
    return this.#panels.flatMap(({ rules }) => rules);
  }

  find(arn: string | undefined): RoutingControl | undefined {
    return this.#panels.flatMap(({ controls }) => controls).find((each) => each.arn === arn);
  }

  /** @throws {AwsError} `ValidationException` or `ResourceNotFoundException`. */
  control(arn: string | undefined): RoutingControl {
    if (arn === undefined || !/^arn:aws:route53-recovery-control::\d{12}:/.test(arn)) {
      throw validationException('RoutingControlArn must be an ARN', 'RoutingControlArn');
    }
    const control = this.find(arn);
    if (control === undefined) throw resourceNotFound(arn, 'RoutingControl');
    return control;
  }
}
