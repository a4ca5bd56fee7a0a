// What the vectors encode: everyday text, and what trips tokenizers up.
export const texts = [
  "", " ", "  ", "\n", "a", "The clinic opens at eight.", "the doctor doesn't know", "I'LL SAY IT'S HERS", "Zoë at the café", "Zoe\u0308 at the cafe\u0301",
  "\u1112\u1161\u11ab \uac01 \u1100\u1161\u11a8", "q\u0323\u0307 q\u0307\u0323 \u212b \u0958 \ufb1d \u2adc", "tabs\tand\n\nlines\r\n  indented   wide ", "12345 67 8 ¾ ٣٤ Ⅷ",
  "🙂 and 👩‍🔬 and 🇫🇷!", "𝒜𝓁𝓁 math 𝟙𝟚𝟛 𐐷x", "你好，世界。 これは テスト", "Ünïcödé naïve – “quotes” … €5", "emoji🙂glued", "x".repeat(300), "ab ".repeat(60),
  "<|end|>", "<s>hi</s>", "a <|end|> b", "a  <|mask|>  b <|gap|>  c", "<|user|>\nWhat?<|end|>\n", "clinic desk  and clinic  desk", "<|end|><|end|>", "< |end|>", "\u00a0nbsp\u2003em\u3000wide",
  "cardiovascular cardio vascular", "\u0000\u001f\u007f", "don’t can't won't we've I'm you'd", "a\u200bb\ufeffc", "   leading and trailing   ", "\n\n\n", "line\n \n line", "!!!??? --- ***", "कि हिन्दी ภาษาไทย עברית",
];

export const moreTexts = [
  "▁", "▁▁ ▁a▁b", " ▁ the", "<0x41><0x0A> <0xC3>", "Ωmega ω ß ẞ İ ı ſ K", "ﬁne ﬃ ① ㌀ ㋿ ｆｕｌｌ　ｗｉｄｔｈ ½²", "é e\u0301 É ça à\u0315\u0300", "🙂🙂 😀", "x <s> y</s>z", "CLINIC Clinic clinicdesk my clinic desk.",
  "the<mask>the <mask> the\n<mask>\nthe", "Hello , world . It 's n't . do not ' ok", "word-for-word, (brackets) [x] {y} 100% $5 a_b @c #d", "naïve café René ZOË", "漢字かなカナ한글abc", "a\u0085b\u2028c\u180ed", "the clinic the the", "[UNK] [CLS] unaffable", "\ufffd\ufffe", "don't DON'T 'S 'ſ", "2024-01-02 3,141.59 1e10", "<unk>", "aaaa bbbb", "\r\n\r\n a", "e\u0301\u0302\u0303 한\u11ab", "日本 語 🇯🇵🇯🇵🇯", "the\tclinic", "_ __ ___",
];

export const pairTexts = [
  ["", ""], ["the doctor", "the clinic"], ["the clinic", ""], ["", "The clinic opens at eight."], [" the ", " a cat "], ["Zoë at the café", "I'LL SAY IT'S HERS"],
  ["clinic desk", "clinic  desk and\n\nlines"], ["🙂 and 👩‍🔬", "你好，世界。 12345"], ["ab ".repeat(20), "Hello , world ."], ["don't", "   leading and trailing   "],
];
