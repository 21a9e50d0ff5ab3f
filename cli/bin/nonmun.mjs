#!/usr/bin/env node
/** `npx nonmun …` inside the repository: hands over to the project's own Node. */
import { run } from "../../scripts/bootstrap.mjs";

process.exitCode = await run("nonmun", process.argv.slice(2));
