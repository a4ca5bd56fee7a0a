// Parts of tokenizers, each tried by itself: what pre-tokenizers cut, what normalizers write and what decoders join.
import { charsmap } from "./charsmap.mjs";
import { byteLevel, sequence, split } from "./byte-tokenizers.mjs";

const behaviors = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];
const patterns = [
  "\\w+", "\\W+", "\\d+", "\\h+", "\\b", "\\B.", "^.", ".$", "\\A.|.\\z|.\\Z", "\\p{Han}+", "[^\\p{Han}\\s]+", "[\\p{L}&&[^\\p{Han}]]+", "\\p{^L}+", "\\P{L}+", "[[:digit:]]+|[[:space:]]+", "[^\\W\\d]+",
  "\\p{L}?+\\p{N}++|\\s*+a", "a.*?b", "(?m:a.b)", "x(?i)a|B", "(?i:'s|'t|'re|'ve|'m|'ll|'d|k|é|σ)", "\\x{2581}|\\x41|\\u0042", "[]a]|[a-]|[-b]|[\\]\\[]", "a{2}|b{,2}|1{1,}|x{3,4}+|\\{", "(?<=a)b|(?<!a)1|a(?=b)|(?>ab?)(?!c)", "\\R",
  " ?[^(\\s|[.,!?…。，、।۔،])]+", "(?:(?#note)a|b)+", "[\\p{Hiragana}\\p{Katakana}]+|\\p{Hangul}", "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{Lo}\\p{M}]+(?i:'s|'t)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+",
];
const metaspace = (prepend_scheme, more) => ({ type: "Metaspace", replacement: "▁", prepend_scheme, split: true, ...more });

export const preTokenizers = [
  ...patterns.map((pattern) => split("Isolated", false, pattern)),
  ...behaviors.flatMap((behavior) => [false, true].flatMap((invert) => [split(behavior, invert, "[ab1]"), split(behavior, invert, { String: " " })])),
  ...behaviors.map((behavior) => ({ type: "Punctuation", behavior })),
  { type: "Digits", individual_digits: true }, { type: "Digits", individual_digits: false }, { type: "Whitespace" }, { type: "WhitespaceSplit" }, { type: "BertPreTokenizer" }, { type: "CharDelimiterSplit", delimiter: "," },
  metaspace("always"), metaspace("first"), metaspace("never"), metaspace("always", { split: false }), { type: "Metaspace", replacement: "_", add_prefix_space: true, prepend_scheme: "always" },
  byteLevel(true, true), byteLevel(false, false), sequence({ type: "WhitespaceSplit" }, metaspace("first")), sequence(byteLevel(false, true), { type: "Digits", individual_digits: true }),
];
export const cutTexts = [
  "ab1 a1b, aa bb 12345 abc xA xB Ab", "  It's  the\r\n clinic's\n\n\tdoctor  ", "漢字kanji かな カナ 한글 中文，标点。", "½ ² Ⅷ ① ٣٤ 𝟙𝟚 𐐷 𝒜x", "'S 'ſ K ß É Σς ▁AB", "(a) [b]-{c} $5 a_b! …？¿", "🙂a👩‍🔬 b", "क्षि ไทย e\u0301e\u0301", "a\nb\u2028c\u0085d\u00a0e",
];

const map = charsmap({ "ﬁ": "fi", "e\u0301": "é", "\t": " ", "\u200b": "", "ſ": "s", "☺": "smile", "한": "X" });
export const normalizers = [
  { type: "NFC" }, { type: "NFD" }, { type: "NFKC" }, { type: "NFKD" }, { type: "Nmt" }, { type: "Lowercase" }, { type: "StripAccents" }, { type: "ByteLevel" }, { type: "Prepend", prepend: "▁" }, { type: "Precompiled", precompiled_charsmap: map },
  { type: "Strip", strip_left: true, strip_right: false }, { type: "Strip", strip_left: false, strip_right: true }, { type: "Replace", pattern: { String: "a." }, content: "$0" }, { type: "Replace", pattern: { Regex: "\\s{2,}|\\d+" }, content: "<$1>" },
  { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true }, { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: false }, { type: "BertNormalizer", clean_text: false, handle_chinese_chars: false, strip_accents: true, lowercase: false },
  { type: "Sequence", normalizers: [{ type: "NFKD" }, { type: "Sequence", normalizers: [{ type: "StripAccents" }, { type: "Lowercase" }] }] },
];
export const rewrittenTexts = [
  "Zoe\u0308 Zoë a. ab  12", " \u3000İI ı ẞß ΣΑΣ ſK\t\n", "\u1112\u1161\u11ab 각 \u1100\u1161 q\u0307\u0323 \u212b \u0958 \ufb1d \u2adc", "ﬁ ﬃ ① ㌀ ㋿ ｆｕ　½² ㍿ ℌ", "\u0000\u0001\u007f\u00ad\u200b\u200e\u2028\ufeff\ufffd\u0378\ue000x", "漢字kana☺한🙂👩‍🔬e\u0301\u0302", "\u07fd\u0301\u09fd\u0488\u1cf2",
];

const decoders = (...list) => ({ type: "Sequence", decoders: list });
const replace = (from, content) => ({ type: "Replace", pattern: { String: from }, content });
const strip = (content, start, stop) => ({ type: "Strip", content, start, stop });
export const joiners = [
  byteLevel(true, true), metaspace("always"), metaspace("first"), metaspace("never"), { type: "WordPiece", prefix: "##", cleanup: true }, { type: "WordPiece", prefix: "##", cleanup: false }, { type: "ByteFallback" }, { type: "BPEDecoder", suffix: "</w>" }, { type: "Fuse" },
  replace("▁", " "), strip("▁", 1, 0), decoders(replace("▁", " "), { type: "ByteFallback" }, { type: "Fuse" }, strip(" ", 1, 0)), decoders({ type: "Fuse" }, strip("a", 2, 0)), decoders({ type: "ByteFallback" }, strip("b", 0, 0), metaspace("always")), decoders({ type: "Fuse" }, strip("b", 0, 2)), decoders({ type: "Fuse" }, replace("aab", "-")),
  decoders({ type: "ByteFallback" }, { type: "WordPiece", prefix: "##", cleanup: true }), decoders({ type: "Replace", pattern: { Regex: "[ab]+" }, content: "*" }, { type: "Fuse" }),
];
export const tokenLists = [
  ["▁the", "▁▁cl", "inic", "▁"], ["▁", "a"], ["aa", "a", "b", "aab", "xb", "b"], ["un", "##aff", "##able", ".", "do", "not", "##'", "n't"], ["a", "<0xF0>", "<0x9F>", "<0x99>", "<0x82>", "b"], ["<0xF0>", "<0x9F>", "a", "<0xC3>", "<0xA9>", "<0xFF>"], ["<0x+A>", "<0xZZ>", "<0x1>"], ["the</w>", "cl", "inic</w>", "</w>x</w>"],
  ["Ġthe", "ĠcafÃ", "©", "Ċ", "ðŁ", "Ļ", "Ĥ"], ["ðŁ", "x", "Ã", "▁é", "Ã"], ["aab", "aab", "bbb"],
];
