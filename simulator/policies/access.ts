/** One thing that a call needs to be allowed. */
export interface Access {
  /** Such as `ec2:CreateSecurityGroup`. */
  readonly action: string;
  /** ARNs, every one of which must be allowed; `*` where the service knows no narrower resource for it. */
  readonly resources: readonly string[];
  /** Condition keys (as AWS writes them, such as `aws:RequestTag/forestbridge:request`) and their values. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}
