namespace RailCluster.Scoring;

/// <summary>A text as the rules read it: its tokens and sentences, and every phrase in it. Positions are those of the original.</summary>
internal sealed class Reading
{
    private readonly Hit[]?[] _hits;
    private readonly UInt128[] _sets;
    private readonly int[] _sentenceOf;
    private readonly bool[] _denied;
    private readonly bool[] _reported;

    private Reading(string text, Themes themes)
    {
        Text = text;
        (Tokens, Sentences) = new Tokenizer(themes.Vocabulary).Read(text);
        _sets = new UInt128[Sentences.Length];
        _sentenceOf = SentenceByToken();
        _hits = themes.Automaton.Run(Tokens);
        foreach (var hits in _hits)
            foreach (var hit in hits ?? []) _sets[_sentenceOf[hit.First]] |= UInt128.One << (int)hit.Set;

        _denied = Behind(Phrases.Negators, Marks.Clause);
        _reported = Behind(Phrases.Reporting, Marks.Sentence);
    }

    /// <summary>The original.</summary>
    public string Text { get; }

    /// <summary>Its words.</summary>
    public Token[] Tokens { get; }

    /// <summary>Its sentences.</summary>
    public Sentence[] Sentences { get; }

    /// <summary>Reads a text.</summary>
    public static Reading Of(string text) => new(text, Themes.All);

    /// <summary>Reads a text with other phrases.</summary>
    public static Reading Of(string text, Themes themes) => new(text, themes);

    /// <summary>Every phrase of a set, in the order of their ends.</summary>
    public Hit[] All(Phrases set) => _hits[(int)set] ?? [];

    /// <summary>Whether there is a phrase of the set.</summary>
    public bool Has(Phrases set) => _hits[(int)set] is not null;

    /// <summary>Whether a sentence, by its index, has a phrase of the set.</summary>
    public bool Has(Phrases set, int sentence) => (_sets[sentence] >> (int)set & 1) == 1;

    /// <summary>The first phrase of a set; null for none.</summary>
    public Span? Find(Phrases set) => First(set, static _ => true);

    /// <summary>The first phrase of a set in a sentence without any of the phrases that would turn its meaning; null for none.</summary>
    public Span? Find(Phrases set, Phrases unless) => First(set, hit => !Has(unless, _sentenceOf[hit.First]));

    /// <summary>The first phrase of a set that is neither denied earlier in its clause nor only quoted or reported; null for none.</summary>
    public Span? FindUrged(Phrases set) => First(set, hit => !Denied(hit) && !Reported(hit));

    /// <summary>The first such phrase that counts, and of those from the same word the longest; null for none.</summary>
    public Span? First(Phrases set, Func<Hit, bool> counts)
    {
        Hit? first = null;
        foreach (var hit in All(set))
        {
            if (first is { } best && (hit.First > best.First || (hit.First == best.First && hit.End <= best.End))) continue;
            if (counts(hit)) first = hit;
        }

        return first is { } found ? Place(found) : null;
    }

    /// <summary>The piece of text behind a hit.</summary>
    public Span Place(Hit hit)
    {
        var start = Tokens[hit.First].Start;
        return new Span(start, Text[start..Tokens[hit.End - 1].End]);
    }

    /// <summary>Index of the sentence that a token lies in.</summary>
    public int SentenceOf(int token) => _sentenceOf[token];

    /// <summary>Whether a word of denial stands before a hit in its clause.</summary>
    public bool Denied(Hit hit) => _denied[hit.First];

    /// <summary>Whether a hit is quoted, or stands behind words that only report or reject it.</summary>
    public bool Reported(Hit hit) => Tokens[hit.First].Is(Marks.Quoted) || _reported[hit.First];

    private int[] SentenceByToken()
    {
        var sentenceOf = new int[Tokens.Length];
        for (var index = 0; index < Sentences.Length; index++)
            Array.Fill(sentenceOf, index, Sentences[index].First, Sentences[index].Count);
        return sentenceOf;
    }

    // By token: whether a phrase of the set ended before it, and no such border since.
    private bool[] Behind(Phrases set, Marks border)
    {
        var behind = new bool[Tokens.Length];
        foreach (var hit in All(set))
        {
            for (var index = hit.End; index < behind.Length && !behind[index] && !Tokens[index].Is(border); index++) behind[index] = true;
        }

        return behind;
    }
}
