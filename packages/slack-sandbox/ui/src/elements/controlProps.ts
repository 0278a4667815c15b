/** The accessible name, description and state of a control. */
export interface ControlNaming {
  readonly id: string;
  readonly invalid: boolean;
  readonly required: boolean;
  /** For groups and for controls without a label element. */
  readonly labelledBy?: string;
  readonly label?: string;
  readonly describedBy?: string;
}

/** The ARIA attributes of a single control. */
export function ariaOf(control: ControlNaming) {
  return {
    id: control.id,
    'aria-invalid': control.invalid || undefined,
    'aria-required': control.required || undefined,
    'aria-labelledby': control.labelledBy,
    'aria-label': control.label,
    'aria-describedby': control.describedBy,
  };
}

/** The ARIA attributes of a group of controls. */
export function ariaOfGroup(control: ControlNaming) {
  return {
    id: control.id,
    'aria-labelledby': control.labelledBy,
    'aria-label': control.label,
    'aria-describedby': control.describedBy,
  };
}
