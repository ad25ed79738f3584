// What a loader's data is once it has come through JSON: dates have become ISO texts.

export type Serialised<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Serialised<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Serialised<Value[Key]> }
      : Value
