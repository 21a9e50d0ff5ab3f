/** Words that carry grammar or the act of asking, and say nothing of what is looked for. */

const english =
  "a an the of in on at to for from by with without into onto over under about between among through and or but nor so if then than as is are was were be been being am do does did doing done have has had having can could may might must shall should will would not no it its itself this that these those there here they them their theirs we our us you your i my me he she his her who whom whose which what when where why how all any both each few more most other some such only own same too very just also again once during before after above below up down out off while because until against per via vs s t d ll re ve get gets getting make makes making made let lets use uses using used";

/** What people say around their question: `paper about …`, `…하는 방법에 대한 논문`. */
const asking =
  "paper papers article articles work works study studies research method methods approach approaches way ways technique techniques thing things something";

const korean =
  "것 거 수 때 등 및 또는 그리고 그런데 하지만 그러나 혹은 즉 및 더 덜 좀 잘 못 안 이 그 저 이런 그런 저런 어떤 어떻게 왜 무엇 무슨 뭐 누가 언제 어디 어느 모든 각 각각 여러 다른 같은 위한 위해 대한 대해 대하여 관한 관해 통한 통해 통하여 따른 따라 의한 의해 위 중 간 내 후 전 할 하는 한 하기 하게 하고 해서 하면 하여 되는 된 되게 됨 있는 있을 있나 있는지 없는 없이 없을 않는 않고 않은 아닌 아니라 인 일 이다 입니다 합니다 하나요 인가요 일까 건가 줘 주는 주세요 알려줘 찾아줘 보여줘 그거 이거 하는지 인지 되는지 할까 될까 만든 만드는 쓰는 쓴 사용한 사용하는 이용한 이용하는 활용한 활용하는 같이 처럼 만큼 정도 관련 관련된";

const koreanAsking = "논문 논문들 방법 방법론 기법 방식 연구 글 이야기 내용 리뷰 자료 소개";

const grammar = new Set(`${english} ${korean}`.split(" "));
const questions = new Set(`${asking} ${koreanAsking}`.split(" "));

/** Articles, prepositions, auxiliaries, pronouns, particles standing alone. `word` is folded. */
export function isFunctionWord(word: string): boolean {
  return grammar.has(word);
}

/** Words of asking (`paper`, `방법`): real words, but in a query they seldom name the subject. `word` is folded. */
export function isAskingWord(word: string): boolean {
  return questions.has(word);
}
