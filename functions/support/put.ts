/** Milliseconds after which an answer is no longer waited for. */
const patience = 10_000;

/** One HTTP PUT, for a URL that its signature opens; gives the HTTP status. Throws where there is no answer. */
export const put = async (url: string, body: string): Promise<number> => {
  const { status } = await fetch(url, {
    method: 'PUT',
    // As bytes: a text would be sent with a Content-Type, and the URL is signed for none.
    body: new TextEncoder().encode(body),
    signal: AbortSignal.timeout(patience),
  });
  return status;
};
