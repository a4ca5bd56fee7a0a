using System.Text.RegularExpressions;

namespace RailCluster.Generation;

/// <summary>A pattern of a tokenizer.json, found in text as the reference library finds it.</summary>
internal sealed class TextPattern
{
    // Prompts come from users: a pattern that backtracks for ever must end.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Regex? _regex;
    private readonly string? _literal;

    private TextPattern(Regex? regex, string? literal) => (_regex, _literal) = (regex, literal);

    /// <summary>A pattern that is a text to be found as it is.</summary>
    public static TextPattern Literal(string text) => new(null, text);

    /// <summary>A pattern in Oniguruma's syntax.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static TextPattern Of(string pattern)
    {
        try
        {
            const RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.Compiled;
            return new TextPattern(new Regex(PatternTranslator.Translate(pattern), options, Limit), null);
        }
        catch (ArgumentException e)
        {
            throw TokenizerJson.Refused("pattern", $"{pattern} that .NET does not read ({e.Message})", "what Oniguruma and .NET both know");
        }
    }

    /// <summary>Finds every match and hands on the stretches of the text in order, matches and what lies between them.</summary>
    public void Find<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IStretchSink, allows ref struct
    {
        int done = _literal is not null ? FindLiteral(text, _literal, ref sink) : FindRegex(text, _regex!, ref sink);
        if (done < text.Length)
            sink.Add(done, text.Length, isMatch: false);
    }

    private static int FindLiteral<TSink>(ReadOnlySpan<char> text, string literal, ref TSink sink)
        where TSink : struct, IStretchSink, allows ref struct
    {
        int done = 0;
        while (literal.Length > 0 && text[done..].IndexOf(literal) is >= 0 and var at)
        {
            if (at > 0)
                sink.Add(done, done + at, isMatch: false);
            sink.Add(done + at, done + at + literal.Length, isMatch: true);
            done += at + literal.Length;
        }

        return done;
    }

    private static int FindRegex<TSink>(ReadOnlySpan<char> text, Regex regex, ref TSink sink)
        where TSink : struct, IStretchSink, allows ref struct
    {
        (string Shadow, int[] Offsets)? shadow = ShadowText.Of(text);
        int done = 0;
        foreach (ValueMatch match in regex.EnumerateMatches(shadow is { } other ? other.Shadow : text))
        {
            int start = shadow?.Offsets[match.Index] ?? match.Index;
            int end = shadow?.Offsets[match.Index + match.Length] ?? (match.Index + match.Length);
            // The reference takes no empty match where the last one ended.
            if (start == end && start == done && done > 0)
                continue;
            if (start > done)
                sink.Add(done, start, isMatch: false);
            sink.Add(start, end, isMatch: true);
            done = end;
        }

        return done;
    }
}

/// <summary>Takes the stretches of a text, in order.</summary>
internal interface IStretchSink
{
    /// <summary>Takes one.</summary>
    void Add(int start, int end, bool isMatch);
}
