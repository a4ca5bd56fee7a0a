// The peer of the generation benchmarks: transformers.js on onnxruntime-node, asked line by line.
//   node peer.mjs MODEL_FOLDER THREADS
// In: {"prompts":[[ids]],"batch":16,"most":64,"pad":256}   Out: {"seconds":1.2,"answers":[[ids]]}
import path from "node:path";
import readline from "node:readline";
import { AutoModelForCausalLM, Tensor, env } from "@huggingface/transformers";

const [folder, threads] = [path.resolve(process.argv[2]), Number(process.argv[3])];
env.allowRemoteModels = false;
env.localModelPath = path.dirname(folder);
const model = await AutoModelForCausalLM.from_pretrained(path.basename(folder), {
  dtype: "fp32",
  device: "cpu",
  local_files_only: true,
  session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
});
console.log("{}");

async function answer(prompts, most, pad) {
  const width = Math.max(...prompts.map((ids) => ids.length));
  const ids = new BigInt64Array(prompts.length * width).fill(BigInt(pad));
  const mask = new BigInt64Array(prompts.length * width);
  prompts.forEach((row, i) => row.forEach((id, j) => {
    const at = (i + 1) * width - row.length + j;
    ids[at] = BigInt(id);
    mask[at] = 1n;
  }));
  const shape = [prompts.length, width];
  const output = await model.generate({
    inputs: new Tensor("int64", ids, shape), attention_mask: new Tensor("int64", mask, shape), max_new_tokens: most, do_sample: false,
  });
  return output.tolist().map((row) => row.slice(width).map(Number));
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { prompts, batch, most, pad } = JSON.parse(line);
  const answers = [];
  const started = performance.now();
  for (let first = 0; first < prompts.length; first += batch) answers.push(...await answer(prompts.slice(first, first + batch), most, pad));
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ seconds, answers }));
}
