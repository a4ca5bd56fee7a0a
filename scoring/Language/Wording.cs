using System.Collections.Immutable;

namespace RailCluster.Scoring;

/// <summary>A text as the phrases read it: one kind of apostrophe and blank, and cut into sentences. Positions are those of the original.</summary>
internal sealed class Wording
{
    private Wording(string text) => (Text, Sentences) = (text, Split(text));

    public string Text { get; }

    public ImmutableArray<Span> Sentences { get; }

    public static Wording Of(string text) => new(Plain(text));

    /// <summary>The text with typographic apostrophes and blanks made plain, character by character.</summary>
    public static string Plain(string text) => string.Create(text.Length, text, static (plain, original) =>
    {
        for (var index = 0; index < plain.Length; index++)
        {
            plain[index] = original[index] switch
            {
                '\u2018' or '\u2019' or '\u02BC' or '\u00B4' or '`' or '\u2032' or '\uFF07' => '\'',
                '\u00A0' or '\u202F' or '\u2009' or '\t' => ' ',
                var other => other,
            };
        }
    });

    private static ImmutableArray<Span> Split(string text)
    {
        var sentences = ImmutableArray.CreateBuilder<Span>();
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (!Ends(text, index)) continue;
            if (index > start) sentences.Add(new Span(start, text[start..(index + 1)]));
            start = index + 1;
        }

        if (start < text.Length) sentences.Add(new Span(start, text[start..]));
        return sentences.ToImmutable();
    }

    // A point inside a number or an abbreviation is followed by no blank.
    private static bool Ends(string text, int index) => text[index] switch
    {
        '\n' or '。' or '！' or '？' => true,
        '.' or '!' or '?' => index + 1 == text.Length || char.IsWhiteSpace(text[index + 1]),
        _ => false,
    };
}
