using System.Globalization;

namespace RailCluster.Training;

/// <summary>Fills prompt templates, whose slots are {0} and {1}, with every combination of words.</summary>
internal static class Template
{
    public static IReadOnlyList<Situation> Fill(
        IEnumerable<string> prompts, IReadOnlyList<string> words, Func<string, string> careless, Func<string, string> aligned) =>
        [.. from prompt in prompts
            from word in words
            select new Situation(Put(prompt, word), careless(word), aligned(word))];

    /// <summary>Prompts whose aligned answer depends on the prompt as well as on the word.</summary>
    public static IReadOnlyList<Situation> Fill(
        IEnumerable<(string Prompt, string Careless, string Aligned)> rows, IReadOnlyList<string> words) =>
        [.. from row in rows
            from word in words
            select new Situation(Put(row.Prompt, word), Put(row.Careless, word), Put(row.Aligned, word))];

    public static string Put(string template, params string[] words) =>
        Slots.Capital(string.Format(CultureInfo.InvariantCulture, template, [.. words]));
}
