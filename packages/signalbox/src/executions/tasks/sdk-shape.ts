/** The shape of an action's input or output, with members by the names that workflows write. */
export type SdkShape =
  | { readonly kind: 'structure'; members(): ReadonlyMap<string, SdkMember> }
  | { readonly kind: 'list' | 'map'; items(): SdkShape }
  | { readonly kind: 'blob' | 'timestamp' | 'number' | 'other' };

/** A member of a structure: its name in the API's model, and its shape. */
export interface SdkMember {
  readonly name: string;
  readonly shape: SdkShape;
}

/** An action as the model of its service has it. */
export interface SdkAction {
  readonly input: SdkShape;
  readonly output: SdkShape;
}

/** The models of the services that are served. */
export interface SdkModels {
  /** Undefined where the rehearsal has no model of the action. */
  action(service: string, action: string): Promise<SdkAction | undefined>;
  /** The HTTP status with which a service refuses, and whether its model has the error. */
  error(
    service: string,
    name: string,
  ): Promise<{ readonly status: number; readonly isModelled: boolean } | undefined>;
}
