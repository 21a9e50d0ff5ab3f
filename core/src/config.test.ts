/** Tests of the settings: which source wins, what a wrong value is told, what stays secret. */
import { describe, expect, it } from "vitest";
import { type Config, type ConfigSources, isModelName, isUri, parseConfig } from "./config.ts";
import { Failure } from "./model/failure.ts";

const nothing: ConfigSources = {
  flags: {},
  environment: {},
  file: null,
  defaults: { content: "/home/posts", index: "/home/index", model: "small" },
  resolve: (path, source) => (path.startsWith("/") ? path : `/${source}/${path}`),
};

function parse(sources: Partial<ConfigSources>) {
  return parseConfig({ ...nothing, ...sources });
}

function fromFile(value: unknown): Partial<ConfigSources> {
  return { file: { path: "/blog/nonmun.config.json", value } };
}

function failureOf(sources: Partial<ConfigSources>): Failure {
  try {
    parse(sources);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("The settings were accepted.");
}

describe("the source of a setting", () => {
  const all: Partial<ConfigSources> = {
    flags: { port: "1" },
    environment: { PORT: "2" },
    ...fromFile({ port: 3 }),
  };
  const cases: readonly (readonly [string, Partial<ConfigSources>, number])[] = [
    ["flag", all, 1],
    ["environment", { ...all, flags: {} }, 2],
    ["file", { ...all, flags: {}, environment: {} }, 3],
    ["default", {}, 4321],
  ];
  for (const [source, sources, port] of cases) {
    it(`is the ${source} when nothing before it has one`, () => {
      const { config, settings } = parse(sources);
      expect(config.port).toBe(port);
      expect(settings.find(({ name }) => name === "port")).toEqual({
        name: "port",
        variable: "PORT",
        shown: String(port),
        source,
      });
    });
  }

  it("passes over a variable that is set to nothing, and a flag without folders", () => {
    const { config } = parse({ flags: { content: [] }, environment: { NONMUN_CONTENT: "" } });
    expect(config.content).toEqual(["/home/posts"]);
  });

  it("decides where a path begins", () => {
    const paths = (sources: Partial<ConfigSources>) => parse(sources).config.content;
    expect(paths({ flags: { content: ["a", "논문"] } })).toEqual(["/flag/a", "/flag/논문"]);
    expect(paths({ environment: { NONMUN_CONTENT: "a" } })).toEqual(["/environment/a"]);
    expect(paths(fromFile({ content: "a" }))).toEqual(["/file/a"]);
    expect(paths(fromFile({ content: ["a", "/b"] }))).toEqual(["/file/a", "/b"]);
  });

  it("is told for every setting", () => {
    const { config, settings } = parse({});
    expect(settings.map(({ name }) => name)).toEqual(Object.keys(config));
    expect(settings.every(({ source }) => source === "default")).toBe(true);
  });
});

describe("a wrong value", () => {
  const cases: readonly (readonly [keyof Config, unknown])[] = [
    ["content", 5],
    ["content", ["a", " "]],
    ["content", []],
    ["index", true],
    ["model", {}],
    ["siteUrl", "blog.example"],
    ["siteUrl", "javascript:alert(1)"],
    ["token", 12],
    ["webhookSecret", ["x"]],
    ["pullOnPush", "maybe"],
    ["host", " "],
    ["port", "80a"],
    ["port", 65_536],
    ["port", -1],
    ["port", 1.5],
    ["drafts", 2],
    ["pollMs", 49],
    ["pollMs", "1e3"],
    ["glossary", null],
    ["lexicon", null],
    ["orgAliases", { msr: 1 }],
    ["orgAliases", ["msr"]],
  ];
  for (const [name, value] of cases) {
    it(`of ${name} is refused by its name: ${JSON.stringify(value)}`, () => {
      const failure = failureOf(fromFile({ [name]: value }));
      expect(failure.code).toBe("bad-config");
      expect(failure.subject).toBe(name);
      expect(failure.message).toContain(`"${name}" from the config file`);
      expect(failure.advice).not.toBe("");
    });
  }

  it("names the variable that it can be given in", () => {
    const failure = failureOf({ environment: { NONMUN_POLL_MS: "soon" } });
    expect(failure.message).toContain('"pollMs" from the environment');
    expect(failure.advice).toContain("NONMUN_POLL_MS");
  });

  it("is no reason to guess: an unknown setting in the file is refused, with those that exist", () => {
    const failure = failureOf(fromFile({ contents: "posts" }));
    expect(failure.message).toBe('/blog/nonmun.config.json has a setting "contents", which does not exist.');
    expect(failure.advice).toContain("content, index, model");
  });

  for (const value of [[], null, "posts", 3]) {
    it(`of the whole file is refused: ${JSON.stringify(value)}`, () => {
      expect(failureOf(fromFile(value)).message).toContain("/blog/nonmun.config.json does not hold");
    });
  }
});

describe("a secret", () => {
  it("is told as set or not set, never shown", () => {
    const secrets = { NONMUN_TOKEN: "열려라참깨", NONMUN_WEBHOOK_SECRET: "sesame-2" };
    const { config, settings } = parse({ environment: secrets });
    expect(config.token).toBe("열려라참깨");
    expect(JSON.stringify(settings)).not.toMatch(/열려라|sesame/u);
    expect(settings.filter(({ name }) => /token|secret/iu.test(name)).map(({ shown }) => shown)).toEqual([
      "set",
      "set",
    ]);
    expect(parse({}).settings.find(({ name }) => name === "token")?.shown).toBe("not set");
  });

  it("is not in the words of a failure", () => {
    const { message, advice } = failureOf(fromFile({ token: ["sesame"] }));
    expect(message + advice).not.toContain("sesame");
  });
});

describe("a model", () => {
  const names = ["nonmun-e5-small-ko-en", "intfloat/multilingual-e5-small", "모델", "a.b_c/d.e"];
  const folders = ["./owner/name", "/models/e5", "../e5", "a/b/c", "~/e5", ".hidden", "two words"];
  it("that is a name is left as it is", () => {
    expect(names.map((model) => parse({ flags: { model } }).config.model)).toEqual(names);
  });
  it("that is a folder becomes absolute", () => {
    expect(folders.map(isModelName)).toEqual(folders.map(() => false));
    expect(parse({ flags: { model: "./owner/name" } }).config.model).toBe("/flag/./owner/name");
  });
});

describe("an index", () => {
  const addresses = ["s3://bucket/글/index", "gs://b/i", "db://my-database", "s3+ddb://bucket/i"];
  it("behind a scheme is left as it is", () => {
    expect(addresses.map((index) => parse({ environment: { NONMUN_INDEX: index } }).config.index)).toEqual(
      addresses,
    );
  });
  it("in a folder becomes absolute, whatever looks like a scheme in it", () => {
    expect(parse({ flags: { index: "data/s3://x" } }).config.index).toBe("/flag/data/s3://x");
    expect(isUri("C:\\index")).toBe(false);
    expect(isUri("s3:/bucket")).toBe(false);
  });
});

it("reads yes and no in the words that people use", () => {
  const drafts = (value: string) => parse({ environment: { NONMUN_DRAFTS: value } }).config.drafts;
  expect(["1", "true", "yes"].map(drafts)).toEqual([true, true, true]);
  expect(["0", "false", "no"].map(drafts)).toEqual([false, false, false]);
  expect(parse({ flags: { drafts: true } }).config.drafts).toBe(true);
});

describe("names that may ask and read", () => {
  it("come one by one, or in one variable with commas", () => {
    const { config, settings } = parse({
      flags: { allowedHosts: ["search.lan", "논문.example"] },
      environment: { NONMUN_ALLOWED_ORIGINS: "https://a.example, http://b.example:8080" },
    });
    expect(config.allowedHosts).toEqual(["search.lan", "논문.example"]);
    expect(config.allowedOrigins).toEqual(["https://a.example", "http://b.example:8080"]);
    expect(settings.find(({ name }) => name === "allowedOrigins")).toEqual({
      name: "allowedOrigins",
      variable: "NONMUN_ALLOWED_ORIGINS",
      shown: "https://a.example, http://b.example:8080",
      source: "environment",
    });
  });

  it("are none by default, and any for a star alone", () => {
    expect(parse({}).config).toMatchObject({ allowedHosts: [], allowedOrigins: [], trustProxy: false });
    expect(parse(fromFile({ allowedHosts: "*" })).config.allowedHosts).toBe("*");
  });

  it.each([
    ["allowedHosts", "https://search.lan"],
    ["allowedHosts", "search.lan, *"],
    ["allowedHosts", 7],
    ["allowedOrigins", "blog.example"],
    ["allowedOrigins", "https://blog.example/docs"],
    ["trustProxy", "perhaps"],
  ])("refuses %s %j with an example", (name, value) => {
    expect(failureOf(fromFile({ [name]: value }))).toMatchObject({ code: "bad-config", subject: name });
  });
});
