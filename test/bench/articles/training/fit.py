"""Fits the judge of passages: fit.py FOLDER BODY_FOLDER (Debian: python3-xgboost, python3-numpy).

Reads what collect-process.ts wrote into FOLDER, prints how well passages of hosts never seen are told apart (five
folds), and writes passage-model.ts and name-weights.ts into BODY_FOLDER, src/extractors/article/body.
"""
import base64
import json
import struct
import sys

import numpy
import xgboost

DEPTH, TREES = 4, 150
OPTIONS = dict(objective="binary:logistic", tree_method="hist", nthread=2, seed=8, max_depth=DEPTH, eta=0.1,
               subsample=0.6, colsample_bytree=0.35, min_child_weight=40, reg_lambda=10)
# A set counts for what it says of newsrooms, not for the number of its pages.
SET_WEIGHT = {"scrapinghub": 3.0, "fundus": 3.5, "wcxb-article": 1.0}
NOTE = '// Written by the training (docs/benchmarks.md, "The judge of passages"); not to be edited by hand.\n'

folder, target = sys.argv[1:3]
pages = json.load(open(f"{folder}/pages.json"))
share = numpy.concatenate([[label["share"] for label in page["labels"]] for page in pages]).clip(0, 1)
rows = numpy.fromfile(f"{folder}/rows.bin", dtype=numpy.float32).reshape(len(share), -1)
fold = numpy.concatenate([numpy.full(len(page["labels"]), page["fold"]) for page in pages])
weight = numpy.concatenate([
    (numpy.minimum([label["words"] / max(60, page["truthWords"]) for label in page["labels"]], 0.5) + 0.002)
    * SET_WEIGHT[page["set"]] for page in pages if page["labels"]])
weight = weight / weight.mean()
print(len(pages), "pages,", len(share), "passages of", rows.shape[1], "numbers")


def fit(chosen):
    data = xgboost.DMatrix(rows[chosen], label=share[chosen], weight=weight[chosen])
    return xgboost.train(OPTIONS, data, TREES)


likely = numpy.zeros(len(share))
for held_back in range(5):
    likely[fold == held_back] = fit(fold != held_back).predict(xgboost.DMatrix(rows[fold == held_back]))
right = (likely >= 0.45) == (share >= 0.5)
print("weighted share of passages told right, hosts never seen:", round(float((right * weight).sum() / weight.sum()), 4))
for name in SET_WEIGHT:
    chosen = numpy.concatenate([numpy.full(len(page["labels"]), page["set"] == name) for page in pages])
    print(" ", name, round(float((right * weight)[chosen].sum() / weight[chosen].sum()), 4))
likely.astype("<f4").tofile(f"{folder}/likely.bin")

model = fit(numpy.ones(len(share), dtype=bool))
features, thresholds, leaves = bytearray(), bytearray(), bytearray()
for tree in model.get_dump(dump_format="json"):
    splits, ends = [(0, float("-inf"))] * (2**DEPTH - 1), [0.0] * 2**DEPTH

    def lay_out(node, place, depth):
        """A leaf above the lowest level is laid below both branches of splits that say nothing."""
        if "leaf" in node:
            if depth == DEPTH:
                ends[place - (2**DEPTH - 1)] = node["leaf"]
            else:
                lay_out(node, 2 * place + 1, depth + 1)
                lay_out(node, 2 * place + 2, depth + 1)
            return
        splits[place] = (int(node["split"][1:]), node["split_condition"])
        branches = {branch["nodeid"]: branch for branch in node["children"]}
        lay_out(branches[node["yes"]], 2 * place + 1, depth + 1)
        lay_out(branches[node["no"]], 2 * place + 2, depth + 1)

    lay_out(json.loads(tree), 0, 0)
    for feature, threshold in splits:
        features.append(feature)
        thresholds += struct.pack("<f", threshold)
    for leaf in ends:
        leaves += struct.pack("<f", leaf)


def packed(octets):
    return base64.b64encode(bytes(octets)).decode()


with open(f"{target}/passage-model.ts", "w") as file:
    file.write(f"""{NOTE}import {{ decodeModel }} from './decision-trees.ts'

/** Whether a passage belongs to the article, from the numbers of `passage-features.ts`. */
export const passageModel = decodeModel({{
  featureCount: {rows.shape[1]},
  depth: {DEPTH},
  features:
    '{packed(features)}',
  thresholds:
    '{packed(thresholds)}',
  leaves:
    '{packed(leaves)}',
}})
""")

words = {}
for word, said in json.load(open(f"{folder}/lexicon.json")):
    words.setdefault(said, []).append(word)
lines = "".join(f"  [{said:g}, '{' '.join(sorted(group))}'],\n" for said, group in sorted(words.items()))
with open(f"{target}/name-weights.ts", "w") as file:
    file.write(f"""{NOTE}
/** Words of classes and ids by what they say of the text under them: above 0 for articles, below for other things. */
export const wordsByWeight: readonly (readonly [number, string])[] = [
{lines}]
""")
