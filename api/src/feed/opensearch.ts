/** The OpenSearch 1.1 description: lets a browser's address bar search this site. */
import { xmlText } from "./xml.ts";

export function openSearchDescription(origin: string): string {
  const base = xmlText(origin);
  return `<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Nonmun</ShortName>
  <Description>Search paper reviews by meaning / 논문 리뷰를 뜻으로 찾기</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Url type="text/html" template="${base}/?q={searchTerms}"/>
  <Url type="application/json" template="${base}/api/search?q={searchTerms}"/>
</OpenSearchDescription>
`;
}
