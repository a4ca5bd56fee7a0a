namespace RailCluster.Scoring;

/// <summary>The regular English endings of a word, for patterns such as <c>refuse~</c>. Forms that no one uses do no harm.</summary>
internal static class Inflections
{
    /// <summary>The word with its endings -s, -ed and -ing.</summary>
    public static IEnumerable<string> Of(string word)
    {
        yield return word;
        if (word.EndsWith('e'))
        {
            foreach (var form in (string[])[$"{word}s", $"{word}d", $"{word[..^1]}ing"]) yield return form;
        }
        else if (word.EndsWith('y') && word.Length > 2 && !Vowel(word[^2]))
        {
            foreach (var form in (string[])[$"{word[..^1]}ies", $"{word[..^1]}ied", $"{word}ing"]) yield return form;
        }
        else
        {
            foreach (var form in (string[])[$"{word}s", $"{word}es", $"{word}ed", $"{word}ing"]) yield return form;
            if (!Doubles(word)) yield break;
            foreach (var form in (string[])[$"{word}{word[^1]}ed", $"{word}{word[^1]}ing"]) yield return form;
        }
    }

    private static bool Doubles(string word) => word.Length > 2 && !Vowel(word[^1]) && Vowel(word[^2]) && !Vowel(word[^3]);

    private static bool Vowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';
}
