/** How Koreans write the orgs of the field, where the sound alone doesn't say it: 칭화대 for tsinghua, 네이버 for naver. */
import { squeeze } from "../text/words.ts";

/** One org a line: its Hangul spellings, then its Latin ones. Written for this project from the orgs of its sample posts. */
const table = `
구글 = google
구글 리서치 = google research
딥마인드, 구글 딥마인드 = google deepmind, deepmind
구글 클라우드 = google cloud
마이크로소프트, 엠에스 = microsoft, ms
마이크로소프트 리서치 = microsoft research
메타, 페이스북 = meta, meta ai, facebook
애플 = apple
아마존 = amazon
엔비디아, 앤비디아 = nvidia
오픈에이아이, 오픈AI = openai
앤트로픽, 앤쓰로픽, 안트로픽 = anthropic
코히어, 코히르 = cohere
세일즈포스 = salesforce
허깅페이스 = huggingface, hugging face
어도비 = adobe
데이터브릭스 = databricks
블룸버그 = bloomberg
랭체인 = langchain
아이비엠 = ibm
인텔 = intel
오라클 = oracle
바이트댄스 = bytedance
알리바바 = alibaba
텐센트 = tencent
바이두 = baidu
화웨이 = huawei
딥시크 = deepseek, deepseek ai
큐원, 큐웬 = qwen
미니맥스 = minimax
문샷 = moonshot ai, moonshot
지푸 = zhipu ai, zhipu
사카나 = sakana, sakana ai
네이버 = naver
네이버 클라우드 = naver cloud, naver cloud ai
카카오 = kakao
카카오브레인 = kakao brain
엘지, LG = lg, lg ai, lg ai research
삼성, 삼성전자 = samsung, samsung research
삼성 리서치 = samsung research
엔씨, 엔씨소프트 = nc, nc research, ncsoft
에스케이, SK텔레콤 = sk, sk telecom
업스테이지 = upstage
카이스트, 한국과학기술원 = kaist
유니스트, 울산과학기술원 = unist
지스트, 광주과학기술원 = gist
디지스트 = dgist
포스텍, 포항공대 = postech
에트리, 한국전자통신연구원 = etri
에어리, 에이아이알아이 = airi
서울, 서울국립 = seoul national university, snu
연세 = yonsei
고려 = korea university
성균관, 성대 = sungkyunkwan university, skku
한양 = hanyang
중앙 = chungang, chung-ang
스탠퍼드, 스탠포드 = stanford
엠아이티, 매사추세츠 공과, 매사추세츠공대 = mit
하버드 = harvard
예일 = yale
프린스턴 = princeton
코넬 = cornell
컬럼비아, 콜롬비아 = columbia
버클리, 유시버클리, UC버클리 = uc berkeley, berkeley
카네기멜론, 카네기 멜런 = cmu, carnegie mellon
워싱턴 = washington
뉴욕 = nyu, new york
존스홉킨스 = johns hopkins
미시간 = michigan
일리노이 = uiuc, illinois
시카고 = chicago
듀크 = duke
토론토 = toronto
워털루 = waterloo
맥길 = mcgill
몬트리올 = montreal
밀라 = mila
앨버타 = alberta
옥스퍼드, 옥스포드 = oxford
케임브리지, 캠브리지 = cambridge
에든버러, 에딘버러 = edinburgh
임페리얼 칼리지, 임페리얼 칼리지 런던 = imperial college london, icl
유니버시티 칼리지 런던 = ucl
취리히 연방 공과, 취리히공대 = eth, eth zurich, eth zürich
칭화 = tsinghua
베이징, 북경 = peking, beijing
푸단 = fudan
난징, 남경 = nanjing
저장 = zhejiang
상하이 교통, 상해교통 = shanghai jiao tong, sjtu
상하이 AI 랩, 상하이 인공지능 연구소 = shanghai ai lab, shanghai ai
중국과학원 = chinese academy of sciences
중국과학기술 = ustc
런민, 인민 = renmin, renmin univ. of china
우한 = wuhan
홍콩과기, 홍콩과학기술 = hkust
홍콩 중문 = cuhk
홍콩 = hong kong, hku
싱가포르 국립 = nus, national university of singapore
난양, 난양공대, 난양이공 = nanyang, nanyang technological
도쿄, 동경 = tokyo
`;

/** Squeezed Hangul spelling to the Latin ones. */
const known: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [hangul = "", latin = ""] = line.split(" = ");
      const names = latin.split(",").map((name) => name.trim());
      return hangul.split(",").map((name) => [squeeze(name), names] as const);
    }),
);

/** Only with what makes it a university's: these are towns, and words of other things, by themselves. */
const universitiesAlone: ReadonlySet<string> = new Set(
  "서울,서울국립,고려,중앙,저장,인민,뉴욕,워싱턴,홍콩,베이징,북경,난징,도쿄,동경,시카고,우한,몬트리올,미시간,일리노이".split(
    ",",
  ),
);

/** Latin names of the org that a squeezed Hangul text names, with or without 대, 대학, 대학교; none when it is not known. */
export function latinOrgNames(squeezed: string): readonly string[] {
  const whole = universitiesAlone.has(squeezed) ? undefined : known.get(squeezed);
  return whole ?? known.get(squeezed.replace(/대(?:학교?)?$/u, "")) ?? [];
}
