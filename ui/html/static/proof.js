// Checks the file it stands in: every quotation at its place in the text it names, every text under its SHA-256.
(async () => {
  const { answer, documents, words } = JSON.parse(document.getElementById("held").textContent);
  const verdict = document.getElementById("verdict");
  const hash = async (text) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  let holds = true;
  for (const each of answer.citations) {
    const text = documents[each.document_id];
    const quote = Array.from(text).slice(each.start, each.end).join(""); // offsets count code points
    holds &&= quote === each.quote && (await hash(text)) === each.document_sha256;
  }
  for (const point of answer.points) {
    const cited = answer.citations[point.citations[0] - 1];
    const said = Array.from(cited.quote).slice(point.start - cited.start, point.end - cited.start).join("");
    holds &&= point.sentence === cited.quote && point.text === said;
  }
  holds &&= (answer.status === "not_found") === (answer.points.length === 0);
  // what one sees is what was checked
  const seen = (selector) => Array.from(document.querySelectorAll(selector), (each) => each.textContent);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  holds &&= same(seen("h1"), [answer.question]);
  holds &&= same(seen("blockquote"), answer.points.map((each) => `${each.sentence} [${each.citations[0]}]`));
  holds &&= same(seen("blockquote mark"), answer.points.map((each) => each.text));
  holds &&= same(seen("section mark"), answer.citations.map((each) => each.quote));
  holds &&= same(seen("section .text"), answer.citations.map((each) => documents[each.document_id]));
  verdict.textContent = holds ? words.proved : words.broken;
  verdict.className = holds ? "proved" : "broken";
})();
