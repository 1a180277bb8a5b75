/** The thing of that id; whoever names one that is not there has made a mistake. */
export const known = <Thing>(things: ReadonlyMap<string, Thing>, id: string): Thing => {
  const thing = things.get(id);
  if (thing === undefined) throw new RangeError(`The world has no ${id}.`);
  return thing;
};
