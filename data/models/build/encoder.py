"""The encoder in JAX, as build_model.py lays it out in ONNX: 12 layers of 12 heads, 384 dimensions; and its weights in blocks of 32."""
import jax, jax.numpy as jnp, numpy as np
from onnx import numpy_helper

LAYERS, HEADS, SIZE, BLOCK, EPSILON = 12, 12, 384, 32, 1e-12


def dequantized(model):
    """All weights of the ONNX model as floats by name; a matrix as [inputs, outputs]."""
    raw = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    weights = {name: raw[name] for name in ('pos', 'elnw', 'elnb')}
    low, high = raw['word_q4'] & 15, raw['word_q4'] >> 4
    words = np.concatenate([low, high], -1).astype('f4') - 8
    weights['emb'] = (words * raw['word_scale'].astype('f4')).reshape(-1, SIZE)
    for layer in range(LAYERS):
        for part in ('qkv', 'ao', 'fi', 'fo'):
            name = f'l{layer}.{part}'
            packed, scales = raw[name + '.wq'], raw[name + '.s']
            rows, blocks, _ = packed.shape
            values = np.stack([packed & 15, packed >> 4], -1).reshape(rows, blocks, BLOCK).astype('f4') - 8
            weights[name + '.w'] = (values * scales.reshape(rows, blocks, 1)).reshape(rows, -1).T.copy()
            weights[name + '.b'] = raw[name + '.b']
        for part in ('alnw', 'alnb', 'olnw', 'olnb'):
            weights[f'l{layer}.{part}'] = raw[f'l{layer}.{part}']
    return weights


def quantized(matrix):
    """[inputs, outputs] floats in 8 bits, blocks of 32 around 128: packed [outputs, blocks, 32] and scales, as MatMulNBits wants them.

    4 bits would not do: tuning moves a weight by less than their step, so that rounding takes all of it back."""
    rows = matrix.T.reshape(matrix.shape[1], -1, BLOCK)
    scales = np.maximum(np.abs(rows).max(-1) / 127, 1e-12).astype('f4')
    packed = np.clip(np.round(rows / scales[..., None]) + 128, 0, 255).astype(np.uint8)
    return packed, scales.reshape(-1)


def normalized(x, weight, bias):
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(variance + EPSILON) * weight + bias


def embeddings(weights, ids):
    """[texts, tokens] ids to [texts, tokens, 384]."""
    return normalized(weights['emb'][ids] + weights['pos'][:ids.shape[1]][None], weights['elnw'], weights['elnb'])


def layers(weights, x, mask, first, end):
    """Hidden states after the layers from `first` to before `end`; mask is [texts, tokens], 1 where a token is."""
    for layer in range(first, end):
        x = one_layer({key: weights[f'l{layer}.{key}'] for key in
                       ('qkv.w', 'qkv.b', 'ao.w', 'ao.b', 'fi.w', 'fi.b', 'fo.w', 'fo.b', 'alnw', 'alnb', 'olnw', 'olnb')}, x, mask)
    return x


def one_layer(own, x, mask):
    texts, tokens, _ = x.shape
    heads = [part.reshape(texts, tokens, HEADS, -1).transpose(0, 2, 1, 3)
             for part in jnp.split(x @ own['qkv.w'] + own['qkv.b'], 3, -1)]
    scores = jnp.einsum('bhid,bhjd->bhij', heads[0], heads[1]) / np.sqrt(SIZE / HEADS)
    attention = jax.nn.softmax(jnp.where(mask[:, None, None, :] > 0, scores, -1e9), -1)
    context = jnp.einsum('bhij,bhjd->bhid', attention, heads[2]).transpose(0, 2, 1, 3).reshape(x.shape)
    x = normalized(x + context @ own['ao.w'] + own['ao.b'], own['alnw'], own['alnb'])
    inner = jax.nn.gelu(x @ own['fi.w'] + own['fi.b'], approximate=False)
    return normalized(x + inner @ own['fo.w'] + own['fo.b'], own['olnw'], own['olnb'])
