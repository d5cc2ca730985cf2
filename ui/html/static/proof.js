// Checks the file it stands in: every quotation at its place in the text it names, every text under its SHA-256.
(async () => {
  const { answer: held, documents, words } = JSON.parse(document.getElementById("held").textContent);
  const verdict = document.getElementById("verdict");
  const hash = async (text) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const answers = held.answers ?? [held];
  const articles = document.querySelectorAll("main > article");
  const strays = ":is(h1, blockquote, mark, section):not(main > article *)";
  let holds = articles.length === answers.length && !document.querySelector(strays);
  for (const [number, answer] of answers.entries()) holds &&= await proved(answer, articles[number]);
  verdict.textContent = holds ? words.proved : words.broken;
  verdict.className = holds ? "proved" : "broken";

  async function proved(answer, article) {
    let holds = true;
    const citations = [...answer.citations, ...answer.other_citations];
    for (const each of citations) {
      const text = documents[each.document_id];
      const quote = Array.from(text).slice(each.start, each.end).join(""); // offsets count code points
      holds &&= quote === each.quote && (await hash(text)) === each.document_sha256;
    }
    const cited = (point) => citations[(point.citation ?? point.citations[0]) - 1];
    const points = [...answer.points, ...answer.others];
    for (const point of points) {
      const { start, quote } = cited(point);
      const said = Array.from(quote).slice(point.start - start, point.end - start).join("");
      holds &&= point.sentence === quote && point.text === said;
    }
    holds &&= answer.status === "overview" || (answer.status === "not_found") === (answer.points.length === 0);
    // what one sees is what was checked
    const seen = (selector) => Array.from(article.querySelectorAll(selector), (each) => each.textContent);
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
    const numbers = (point) => point.citations.map((number) => `[${number}]`).join(" ");
    const quoting = citations.map((citation) => points.find((point) => cited(point) === citation));
    const best = ({ text, start, best }) => best && Array.from(text).slice(best[0] - start, best[1] - start).join("");
    holds &&= article.className === answer.status;
    holds &&= same(seen("h1"), [answer.question]);
    holds &&= same(seen("blockquote"), answer.points.map((each) => `${each.sentence} ${numbers(each)}`));
    holds &&= same(seen("blockquote mark"), answer.points.map((each) => each.text));
    holds &&= same(seen(".others mark"), answer.others.map((each) => each.text));
    holds &&= same(seen("section mark"), citations.map((each) => each.quote));
    holds &&= same(seen("section strong"), quoting.filter(Boolean).map((each) => each.text));
    holds &&= same(seen("section .text"), citations.map((each) => documents[each.document_id]));
    holds &&= same(seen(".nearest mark"), points.length ? [] : answer.passages.map(best).filter(Boolean));
    return holds;
  }
})();
