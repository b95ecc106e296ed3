// Everything else about a call comes as server-sent events: one fact each, from the start of the call.
export function follow(session, onFact) {
  const source = new EventSource(`/v1/calls/${encodeURIComponent(session)}/events`);
  source.onmessage = message => {
    const fact = JSON.parse(message.data);
    onFact(fact);
    if (fact.type === 'session_ended') {
      source.close();
    }
  };
  return () => source.close();
}
