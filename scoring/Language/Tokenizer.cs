using System.Globalization;
using System.Text;

namespace RailCluster.Scoring;

/// <summary>Cuts a text into tokens and sentences in one pass.</summary>
/// <param name="vocabulary">The words that patterns know.</param>
internal sealed class Tokenizer(Vocabulary vocabulary)
{
    private const int LongestWord = 64;
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashPrime = 1099511628211;

    private readonly List<Token> _tokens = [];
    private readonly List<Sentence> _sentences = [];
    private Marks _next = Marks.Sentence | Marks.Clause | Marks.Line;
    private int _first;
    private bool _quoted;

    /// <summary>Reads a text.</summary>
    public (Token[] Tokens, Sentence[] Sentences) Read(string text)
    {
        // Words of most texts are longer, blanks counted.
        _tokens.EnsureCapacity((text.Length / 4) + 1);
        for (var index = 0; index < text.Length;)
        {
            var symbol = text[index];
            if (Unspaced(symbol)) index = Single(text, index);
            else if (char.IsLetter(symbol)) index = Word(text, index);
            else if (char.IsAsciiDigit(symbol)) index = Number(text, index);
            else Mark(text, index++);
        }

        EndSentence('\n');
        return ([.. _tokens], [.. _sentences]);
    }

    /// <summary>Whether words of the script are written without blanks, so that each letter is a token.</summary>
    public static bool Unspaced(char symbol) => symbol >= '\u0E01' && symbol is
        (<= '\u0E4E') or (>= '\u3041' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');

    /// <summary>Whether the character stands for an apostrophe.</summary>
    public static bool Apostrophe(char symbol) =>
        symbol is '\'' or '\u2019' or '\u2018' or '\u02BC' or '\u00B4' or '`' or '\u2032' or '\uFF07';

    private int Single(string text, int index)
    {
        Add(text.AsSpan(index, 1), index, 1, Marks.None);
        return index + 1;
    }

    private int Word(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && InWord(text, end)) end++;
        Span<char> buffer = stackalloc char[LongestWord];
        var word = Normalise(text.AsSpan(start, end - start), buffer);
        var capital = char.IsUpper(text[start]) ? Marks.Capital : Marks.None;
        if (Contractions.TryPart(word, out var parts))
        {
            var cut = Math.Min(parts.Cut, end - start);
            Add(parts.First, start, cut, capital);
            Add(parts.Second, start + cut, end - start - cut, Marks.Part);
        }
        else Add(word, start, end - start, capital);

        return end;
    }

    // Groups of digits with points, commas, colons or hyphens between them are one number.
    private int Number(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end])
            || (text[end] is '.' or ',' or ':' or '-' or '/' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])))) end++;
        Add(text.AsSpan(start, Math.Min(end - start, LongestWord)), start, end - start, Marks.Number);
        return end;
    }

    private void Mark(string text, int index)
    {
        var symbol = text[index];
        if (symbol is '"' or '\u201C' or '\u201D' or '\u00AB' or '\u00BB' or '\u201E') _quoted = !_quoted;
        else if (symbol == '\n') (_quoted, _next) = (false, _next | Marks.Line);
        if (Ends(text, index)) EndSentence(symbol);
        else if (symbol is ',' or ';' or ':' or '(' or ')' or '\u2014' or '\u2013' or '\u3001' or '\uFF0C' or '\u2026') _next |= Marks.Clause;
    }

    private bool Ends(string text, int index) => text[index] switch
    {
        '\n' or '\u3002' or '\uFF01' or '\uFF1F' or '\u0964' or '\u061F' => true,
        '!' or '?' => Apart(text, index),
        '.' => Apart(text, index) && !Abbreviated(text, index),
        _ => false,
    };

    private static bool Apart(string text, int index) =>
        index + 1 == text.Length || char.IsWhiteSpace(text[index + 1]) || text[index + 1] is '"' or '\'' or '\u201D' or '\u2019' or ')' or '*';

    // "Dr. Berg" goes on, and so does "1. Open the lid".
    private bool Abbreviated(string text, int index)
    {
        if (_tokens.Count == 0) return false;
        var last = _tokens[^1];
        if (last.End != index) return false;
        if (last.Is(Marks.Number)) return last.Is(Marks.Line);
        return last.Length <= 3 && text.AsSpan(last.Start, last.Length) is "Dr" or "Mr" or "Mrs" or "Ms" or "St" or "vs" or "Sr" or "Jr";
    }

    private void EndSentence(char closing)
    {
        if (_tokens.Count > _first) _sentences.Add(new Sentence(_first, _tokens.Count - _first, closing));
        _first = _tokens.Count;
        _next |= Marks.Sentence | Marks.Clause;
    }

    private void Add(ReadOnlySpan<char> word, int start, int length, Marks marks)
    {
        var hash = HashStart;
        foreach (var symbol in word) hash = (hash ^ symbol) * HashPrime;
        if (_quoted) marks |= Marks.Quoted;
        _tokens.Add(new Token(start, length, vocabulary.Find(word), hash, marks | _next));
        _next = Marks.None;
    }

    private static bool InWord(string text, int index)
    {
        var symbol = text[index];
        if (char.IsLetterOrDigit(symbol)) return !Unspaced(symbol);
        if (Apostrophe(symbol)) return index + 1 < text.Length && char.IsLetter(text[index + 1]) && char.IsLetter(text[index - 1]);
        return symbol >= '\u0300' && Combining(symbol);
    }

    private static bool Combining(char symbol) =>
        char.GetUnicodeCategory(symbol) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Letters with separate accents are composed, so that they compare as the patterns are written.
    private static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> word, Span<char> buffer)
    {
        if (word.Length > buffer.Length) word = word[..buffer.Length];
        for (var index = 0; index < word.Length; index++)
        {
            if (word[index] >= '\u0300' && Combining(word[index]) && word[index] < '\u0370')
                word = word.ToString().Normalize(NormalizationForm.FormC);
        }

        for (var index = 0; index < word.Length; index++)
            buffer[index] = Apostrophe(word[index]) ? '\'' : char.ToLowerInvariant(word[index]);
        return buffer[..word.Length];
    }
}
