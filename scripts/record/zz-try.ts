import { allCases, record } from '/work/main/scripts/record/cases.ts';

const only = process.argv[2] ?? '';
for (const each of allCases().filter(({ path }) => path.includes(only))) {
  const t = performance.now();
  try {
    const r = await record(each);
    console.log(
      '##',
      each.path,
      Math.round(performance.now() - t) + 'ms',
      r.calls
        .map(
          (c) =>
            `${c.service}:${c.operation}${'error' in c ? '!' + c.error.code : 'lost' in c ? '!lost' : ''}`,
        )
        .join(' '),
      r.statements ? r.statements.length + ' statements' : '',
    );
    console.log(
      '   ',
      (r.error ? r.error.name + ': ' + r.error.message : JSON.stringify(r.result)).slice(
        0,
        process.argv[3] ? 3000 : +(process.argv[4] ?? 160),
      ),
    );
  } catch (e) {
    console.log(
      '## FAILED',
      each.path,
      String(e),
      String((e as Error).stack)
        .split('\n')
        .slice(1, 4)
        .join(' | '),
    );
  }
}
