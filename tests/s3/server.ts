/**
 * A real S3 server on this machine: moto (Python), which answers conditional puts as Amazon's S3 does. It is installed
 * from PyPI into a folder below the system's temporary one, once. `NONMUN_TEST_S3` (`http://key:secret@host:port/bucket`)
 * names another server to test against.
 */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const motoVersion = "5.2.5";
const run = promisify(execFile);

export interface S3Server {
  readonly bucket: string;
  readonly storageOptions: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** @returns null when there is no Python to run the server with. */
export async function startS3(): Promise<S3Server | null> {
  const given = process.env.NONMUN_TEST_S3;
  if (given !== undefined) return fromAddress(new URL(given));
  if (!(await hasPython())) return null;
  const command = await installMoto();
  const port = await freePort();
  const server = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const address = new URL(`http://test:test@127.0.0.1:${port}/nonmun`);
  await createBucket(address);
  return {
    ...fromAddress(address),
    async stop() {
      const gone = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await gone;
    },
  };
}

function fromAddress(address: URL): S3Server {
  return {
    bucket: address.pathname.slice(1),
    storageOptions: {
      endpoint: address.origin,
      aws_access_key_id: address.username,
      aws_secret_access_key: address.password,
      region: "us-east-1",
      allow_http: "true",
    },
    stop: async () => undefined,
  };
}

async function hasPython(): Promise<boolean> {
  return await run("python3", ["-m", "venv", "--help"]).then(
    () => true,
    () => false,
  );
}

async function installMoto(): Promise<string> {
  const folder = join(tmpdir(), `nonmun-moto-${motoVersion}`);
  const command = join(folder, "bin", "moto_server");
  if (existsSync(command)) return command;
  await run("python3", ["-m", "venv", folder]);
  await run(join(folder, "bin", "pip"), ["install", "--quiet", `moto[server]==${motoVersion}`]);
  return command;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Creates the bucket as soon as the server answers, within a minute. moto looks at the header's form, not at its signature. */
async function createBucket(address: URL): Promise<void> {
  const credential = `${address.username}/20260101/us-east-1/s3/aws4_request`;
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${credential}` };
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(`${address.origin}${address.pathname}`, { method: "PUT", headers });
      if (!answer.ok) throw new Error(`the S3 server answered ${answer.status}`);
      return;
    } catch (cause) {
      if (attempt === 600) throw cause;
      await pause(100);
    }
  }
}
