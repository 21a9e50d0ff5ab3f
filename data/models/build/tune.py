"""Tunes the last layers of the encoder on everyday descriptions, and writes a model folder that keeps those layers in 8 bits.

usage: tune.py BASE OUT --texts FOLDER [FOLDER …]      (Python 3; pip install -r tuning/requirements.txt)

BASE is the folder that build_model.py made. A text in everyday words shall come near to the note, the term or the
digest that it describes, by the same late interaction as in core/src/search/late-interaction.ts:

    s(q, d) = sum_i w(i) max_j <q_i, d_j> / sum_i w(i)

over centred token vectors (late-interaction.json), w = sqrt(log((N + 1) / (df + 0.5))) by token. The loss is the
cross-entropy of the right document among those of its batch (InfoNCE, arXiv 1807.03748) at temperature 0.03.

Stage 1  descriptions of the lexicon against its terms, and against windows of --texts that hold one of the terms;
         terms of a glossary group against each other.
Stage 2  queries against the notes of tuning/notes.jsonl and the digests named in tuning/digests.jsonl (looked up by
         arXiv id in --texts), by token vectors and by pooled ones; beside them the descriptions and the glossary again.

Both keep token vectors of documents near to where BASE has them. Nothing here comes from judged queries.
"""
import argparse, glob, json, os, random, re, shutil, sys, time
import jax, jax.numpy as jnp, numpy as np, onnx, optax
from onnx import numpy_helper
from tokenizers import Tokenizer
from encoder import dequantized, embeddings, layers, quantized

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, '..', '..')
FIRST = 8                       # layers from here on are tuned
TEMPERATURE, POOLED_TEMPERATURE = 0.03, 0.02
ANCHOR = 5.0                    # what it costs to leave BASE
SHORT, WINDOW, DOCUMENT = 24, 112, 160   # tokens of a query, a window and a document
# Learning rate of each stage, and its parts: what each weighs, and whether pooled vectors are compared, too.
RATES = {1: 5e-5, 2: 6e-5}
SHARES = {1: ((1.0, False), (1.0, False), (0.5, False)), 2: ((1.0, True), (0.5, False), (0.3, False))}


def lines(*path):
    with open(os.path.join(DATA, *path), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and not line.startswith('#')]


def split(text, by):
    return [part.strip().lstrip('=') for part in text.split(by) if part.strip()]


def concepts():
    """Terms and descriptions of each concept of the lexicon."""
    made = []
    for line in lines('lexicon', 'concepts.txt'):
        terms, *descriptions = line.split(';;')
        made.append((split(terms, '|'), [d for part in descriptions for d in split(part, ' / ')]))
    return made


def paragraphs(folders):
    """Lines of Markdown files, without its marks."""
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, '*.md*'))):
            with open(path, encoding='utf-8', errors='replace') as file:
                for line in file:
                    text = re.sub(r'\[([^\]]*)\]\([^)]*\)', r'\1', line)
                    text = re.sub(r'\s+', ' ', re.sub(r'[*`_#|>]+', ' ', text)).strip()
                    if len(text) > 60:
                        yield text


def digests(folders):
    """Title and summary by arXiv id: rows of a table, as daily-ai-papers has them."""
    row = re.compile(r'\|\s*(.+?)\s*\(Read more.*?arxiv\.org/abs/([\d.]+)\).*?\|(.*?)\|(.*)\|\s*$')
    found = {}
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, '*.md*'))):
            with open(path, encoding='utf-8', errors='replace') as file:
                for match in filter(None, map(row.match, file)):
                    found.setdefault(match[2], f'{match[1]}: {match[4].strip()}')
    return found


class Texts:
    """What the layers below the tuned ones give for each text: computed once."""

    def __init__(self, base, weights):
        self.tokenizer = Tokenizer.from_file(os.path.join(base, 'tokenizer.json'))
        self.lower = jax.jit(lambda ids, mask: layers(weights, embeddings(weights, ids), mask, 0, FIRST))
        self.made = {}
        self.count = {}
        self.total = 0

    def tokens(self, text, length):
        ids = self.tokenizer.encode(text).ids
        return ids if len(ids) <= length else ids[:length - 1] + ids[-1:]

    def prepare(self, texts, length, counted=False):
        new = [text for text in dict.fromkeys(texts) if (text, length) not in self.made]
        for at in range(0, len(new), 64):
            part = new[at:at + 64]
            ids = np.ones((64, length), np.int32)
            mask = np.zeros((64, length), np.int32)
            for row, text in enumerate(part):
                own = self.tokens(text, length)
                ids[row, :len(own)], mask[row, :len(own)] = own, 1
            mask[len(part):, 0] = 1
            hidden = np.asarray(self.lower(ids, mask)).astype(np.float16)
            for row, text in enumerate(part):
                self.made[(text, length)] = (hidden[row], ids[row], mask[row])
                if counted:
                    self.total += 1
                    for token in set(ids[row][mask[row] > 0].tolist()):
                        self.count[token] = self.count.get(token, 0) + 1

    def batch(self, texts, length):
        """Hidden states, mask, and the weight of each token: 0 for prefix and ends, 1 for those of documents."""
        hidden, ids, mask = (np.stack(part) for part in zip(*(self.made[(text, length)] for text in texts)))
        query = texts[0].startswith('query: ')
        weight = np.zeros(mask.shape, np.float32)
        for row, (own, kept) in enumerate(zip(ids, mask)):
            for at in range(4 if query else 3, int(kept.sum()) - 1):
                df = self.count.get(int(own[at]), 0)
                weight[row, at] = np.sqrt(np.log((self.total + 1) / (df + 0.5))) if query else 1
        return hidden.astype(np.float32), mask, weight


def centring(base):
    with open(os.path.join(base, 'late-interaction.json'), encoding='utf-8') as file:
        constants = json.load(file)
    return jnp.asarray(constants['mean'], jnp.float32), jnp.asarray(constants['component'], jnp.float32)


class Tuner:
    """The tuned layers, and the steps that move them."""

    def __init__(self, weights, constants, stage, steps, tuned=None):
        self.weights, (self.mean, self.component) = weights, constants
        self.shares = SHARES[stage]
        self.first = {key: value for key, value in weights.items()
                      if key.startswith('l') and '.' in key and int(key[1:].split('.')[0]) >= FIRST}
        self.tuned = dict(self.first if tuned is None else tuned)
        schedule = optax.warmup_cosine_decay_schedule(0, RATES[stage], 30, steps)
        self.rule = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=0.01))
        self.state = self.rule.init(self.tuned)
        self.vectors = jax.jit(lambda tuned, x, mask: self.both(tuned, x, mask)[0])
        self.moved = jax.jit(self.step)

    def both(self, tuned, x, mask):
        """Centred token vectors and the pooled vector of each text."""
        hidden = layers({**self.weights, **tuned}, x, mask, FIRST, 12)
        pooled = (hidden * mask[..., None]).sum(1)
        unit = lambda v: v / jnp.linalg.norm(v, axis=-1, keepdims=True)
        centred = unit(hidden) - self.mean
        return unit(centred - (centred @ self.component)[..., None] * self.component), unit(pooled)

    def loss(self, tuned, parts, anchor):
        total = 0.0
        for (weight, pooled), (q, d, right) in zip(self.shares, parts):
            query, document = self.both(tuned, *q[:2]), self.both(tuned, *d[:2])
            own = cross_entropy(late(query[0], q[2], document[0], d[2]) / TEMPERATURE, right)
            if pooled:
                own += 0.3 * cross_entropy(query[1] @ document[1].T / POOLED_TEMPERATURE, right)
            total += weight * own
        (x, mask, weight), before = anchor
        apart = 1 - (self.both(tuned, x, mask)[0] * before).sum(-1)
        return total + ANCHOR * (apart * (weight > 0)).sum() / (weight > 0).sum()

    def step(self, tuned, state, parts, anchor):
        value, slope = jax.value_and_grad(self.loss)(tuned, parts, anchor)
        update, state = self.rule.update(slope, state, tuned)
        return optax.apply_updates(tuned, update), state, value


def late(q, weight, d, kept):
    """[queries, documents] scores of late interaction."""
    products = jnp.einsum('aid,bjd->abij', q, d)
    best = jnp.where(kept[None, :, None, :] > 0, products, -1.0).max(-1)
    return (best * weight[:, None, :]).sum(-1) / jnp.maximum(1e-6, weight.sum(-1))[:, None]


def cross_entropy(scores, right):
    """Mean over the queries that have a right document in the batch."""
    has = right.sum(-1) > 0
    chosen = jax.nn.logsumexp(jnp.where(right > 0, scores, -1e9), -1)
    return -((chosen - jax.nn.logsumexp(scores, -1)) * has).sum() / jnp.maximum(1, has.sum())


def telling(term):
    return len(term) >= 6 if term.isascii() else len(term.replace(' ', '')) >= 4


class Batches:
    """Examples of both stages, drawn by a seeded generator."""

    def __init__(self, texts, folders):
        self.texts, self.draw = texts, random.Random(9)
        self.concepts = concepts()
        self.groups = [g for g in (split(line, '|') for line in lines('glossary', 'field.txt')) if len(g) > 1]
        self.terms = [['passage: ' + ', '.join(terms[at:at + 2]) for at in range(0, len(terms), 2)] for terms, _ in self.concepts]
        texts.prepare(['query: ' + d for _, own in self.concepts for d in own], SHORT)
        texts.prepare([term for own in self.terms for term in own], SHORT)
        texts.prepare([p + term for group in self.groups for term in group for p in ('query: ', 'passage: ')], SHORT)
        self.windows = self.cut(folders)
        texts.prepare(self.windows, WINDOW, counted=True)
        self.holding = [{at for at, (terms, _) in enumerate(self.concepts)
                         if any(telling(term) and term.lower() in window.lower() for term in terms)} for window in self.windows]
        self.documents, self.queries = self.read(folders)
        texts.prepare(self.documents.values(), DOCUMENT, counted=True)
        texts.prepare([query for own in self.queries.values() for query in own], SHORT)

    def cut(self, folders):
        """Runs of sentences of at most some 60 tokens."""
        made = []
        for paragraph in paragraphs(folders):
            run = ''
            for sentence in re.split(r'(?<=[.!?다])\s+', paragraph):
                if run and len(self.texts.tokenizer.encode(f'{run} {sentence}').ids) > 60:
                    made.append(run)
                    run = ''
                run = f'{run} {sentence}'.strip()
            made.append(run)
        fits = lambda run: len(run) > 40 and len(self.texts.tokenizer.encode(run).ids) <= WINDOW - 2
        return ['passage: ' + run for run in dict.fromkeys(made) if fits(run)]

    def read(self, folders):
        documents, queries = {}, {}
        for at, line in enumerate(lines('models', 'build', 'tuning', 'notes.jsonl')):
            note = json.loads(line)
            documents[f'note {at}'] = f"passage: {note['title']}: {note['note']}"
            queries[f'note {at}'] = ['query: ' + query for query in note['queries']]
        found = digests(folders)
        for line in lines('models', 'build', 'tuning', 'digests.jsonl'):
            digest = json.loads(line)
            if digest['id'] in found:
                documents[digest['id']] = 'passage: ' + found[digest['id']]
                queries[digest['id']] = ['query: ' + query for query in digest['queries']]
        return documents, queries

    def of_concepts(self, count):
        chosen = self.draw.sample(range(len(self.concepts)), count)
        asked = ['query: ' + self.draw.choice(self.concepts[at][1]) for at in chosen]
        return chosen, self.texts.batch(asked, SHORT)

    def against_terms(self, chosen, asked):
        alike = lambda a, b: a == b or bool(set(self.concepts[a][0]) & set(self.concepts[b][0]))
        right = np.array([[float(alike(a, b)) for b in chosen] for a in chosen], np.float32)
        return asked, self.texts.batch([self.draw.choice(self.terms[at]) for at in chosen], SHORT), right

    def against_windows(self, chosen, asked, own=14, count=18):
        picked = []
        for at in chosen:
            holding = [i for i, held in enumerate(self.holding) if at in held]
            if holding and len(picked) < own:
                picked.append(self.draw.choice(holding))
        picked += self.draw.choices(range(len(self.windows)), k=count - len(picked))
        right = np.array([[float(at in self.holding[i]) for i in picked] for at in chosen], np.float32)
        return asked, self.texts.batch([self.windows[i] for i in picked], WINDOW), right

    def of_glossary(self, count):
        pairs = [self.draw.sample(group, 2) for group in self.draw.choices(self.groups, k=count)]
        return (self.texts.batch(['query: ' + one for one, _ in pairs], SHORT),
                self.texts.batch(['passage: ' + other for _, other in pairs], SHORT), np.eye(count, dtype=np.float32))

    def of_documents(self, count):
        chosen = self.draw.sample(sorted(self.documents), count)
        return (self.texts.batch([self.draw.choice(self.queries[at]) for at in chosen], SHORT),
                self.texts.batch([self.documents[at] for at in chosen], DOCUMENT), np.eye(count, dtype=np.float32))

    def stage(self, number):
        """The parts (queries, documents, which are right), and the documents that stay near to BASE."""
        chosen, asked = self.of_concepts(40 if number == 1 else 14)
        terms = self.against_terms(chosen, asked)
        if number == 1:
            windows = self.against_windows(chosen, asked)
            return [terms, windows, self.of_glossary(32)], windows[1]
        documents = self.of_documents(16)
        return [documents, terms, self.of_glossary(12)], documents[1]


def tune(weights, constants, batches, stages):
    tuned = None
    for number, steps in stages:
        tuner = Tuner(weights, constants, number, steps, tuned)
        start, losses = time.time(), []
        for at in range(1, steps + 1):
            parts, near = batches.stage(number)
            anchor = (near, tuner.vectors(tuner.first, *near[:2]))
            tuner.tuned, tuner.state, value = tuner.moved(tuner.tuned, tuner.state, parts, anchor)
            losses.append(float(value))
            if at % 20 == 0:
                print(f'stage {number}, step {at}: loss {np.mean(losses[-20:]):.3f}, {time.time() - start:.0f} s', flush=True)
        tuned = tuner.tuned
    return tuned


def write(base, out, tuned):
    """A copy of BASE with the tuned layers in 8 bits."""
    shutil.copytree(base, out, dirs_exist_ok=True)
    path = os.path.join(out, 'onnx', 'model_q4.onnx')
    model = onnx.load(path)
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    put = lambda name, value: tensors[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value), name))
    for node in model.graph.node:
        name = node.input[1][:-3] if node.op_type == 'MatMulNBits' else ''
        if name + '.w' in tuned:
            packed, scales = quantized(np.asarray(tuned[name + '.w']))
            put(name + '.wq', packed)
            put(name + '.s', scales)
            next(a for a in node.attribute if a.name == 'bits').i = 8
    for name, value in tuned.items():
        if not name.endswith('.w'):
            put(name, np.asarray(value))
    onnx.save(model, path)
    print(f'{path}: {os.path.getsize(path) / 1e6:.1f} MB')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('base')
    parser.add_argument('out')
    parser.add_argument('--texts', nargs='+', required=True, help='folders of Markdown in English and Korean')
    parser.add_argument('--steps', nargs=2, type=int, default=[300, 330], help='of both stages')
    given = parser.parse_args()
    for part in ('onnx/model_q4.onnx', 'late-interaction.json'):
        if not os.path.exists(os.path.join(given.base, part)):
            sys.exit(f'{given.base} has no {part}: README.md, "Making it again", says where it comes from')
    weights = {key: jnp.asarray(value) for key, value in dequantized(onnx.load(os.path.join(given.base, 'onnx', 'model_q4.onnx'))).items()}
    batches = Batches(Texts(given.base, weights), given.texts)
    write(given.base, given.out, tune(weights, centring(given.base), batches,
                                      [(1, given.steps[0]), (2, given.steps[1])]))
