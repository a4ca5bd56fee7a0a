using System.Text;

namespace RailCluster.Scoring;

/// <summary>
/// The word lists and phrases of the files in <c>Themes</c>, read once when first needed. A file holds lists, <c>{name} = a, b, c</c>, that may
/// go on in indented lines, and sets of patterns under <c>[Name]</c>, one pattern a line; <c>^</c> and <c>$</c> bind a pattern to the beginning
/// and end of a sentence, and <c>//</c> begins a comment. <see cref="PatternParser"/> says how a pattern is written.
/// </summary>
internal sealed class Themes
{
    private const string Folder = "Themes.";

    private static readonly Lazy<Themes> Shared = new(() => new Themes(Resources()));

    private readonly Dictionary<string, PatternNode> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<Phrases> _sets = [];
    private readonly AutomatonBuilder _builder = new();

    /// <param name="files">Names and texts; a file may use the lists of those before it.</param>
    public Themes(IEnumerable<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files) ReadFile(name, text);
        if (Enum.GetValues<Phrases>().Except(_sets).ToArray() is { Length: > 0 } missing)
            throw new InvalidOperationException($"no theme has the phrases [{missing[0]}]; add the section or delete the name");
        (Vocabulary, Automaton) = _builder.Build();
    }

    /// <summary>The project's own themes.</summary>
    public static Themes All => Shared.Value;

    /// <summary>The words that the patterns know.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The patterns.</summary>
    public Automaton Automaton { get; }

    private static IEnumerable<(string Name, string Text)> Resources()
    {
        var assembly = typeof(Themes).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return (name[Folder.Length..], reader.ReadToEnd());
        }
    }

    private void ReadFile(string name, string text)
    {
        Phrases? set = null;
        foreach (var (number, line) in Lines(text))
        {
            try
            {
                if (line[0] == '[') set = Open(line);
                else if (line[0] == '{' && line.Contains("} =", StringComparison.Ordinal)) AddList(line);
                else AddPattern(set ?? throw new InvalidOperationException("stands under no [Name]"), line);
            }
            catch (InvalidOperationException fault)
            {
                throw new InvalidOperationException($"theme {name}, line {number}: {fault.Message}", fault);
            }
        }
    }

    // An indented line goes on from the one above.
    private static IEnumerable<(int Number, string Line)> Lines(string text)
    {
        var (start, current, number) = (0, new StringBuilder(), 0);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var comment = raw.IndexOf("//", StringComparison.Ordinal);
            var line = (comment < 0 ? raw : raw[..comment]).TrimEnd();
            if (line.Length == 0) continue;
            if (line[0] != ' ')
            {
                if (current.Length > 0) yield return (start, current.ToString());
                current.Clear();
                start = number;
            }

            current.Append(line[0] == ' ' ? " " : "").Append(line.Trim());
        }

        if (current.Length > 0) yield return (start, current.ToString());
    }

    private Phrases Open(string line)
    {
        if (!Enum.TryParse<Phrases>(line.Trim('[', ']'), out var set)) throw new InvalidOperationException($"{line} is no name in Phrases.cs");
        _sets.Add(set);
        return set;
    }

    private void AddList(string line)
    {
        var close = line.IndexOf('}', StringComparison.Ordinal);
        if (!_lists.TryAdd(line[1..close], PatternNode.Either([.. Entries(line[(close + 3)..]).Select(Parse)])))
            throw new InvalidOperationException($"the word list '{line[1..close]}' is there twice");
    }

    // A comma inside brackets belongs to a gap.
    private static IEnumerable<string> Entries(string text)
    {
        var (start, depth) = (0, 0);
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] is '{' or '(') depth++;
            else if (index < text.Length && text[index] is '}' or ')') depth--;
            else if (index == text.Length || (text[index] == ',' && depth == 0))
            {
                if (text[start..index].Trim() is { Length: > 0 } entry) yield return entry;
                start = index + 1;
            }
        }
    }

    private void AddPattern(Phrases set, string line)
    {
        var (atStart, atEnd) = (line[0] == '^', line[^1] == '$');
        var body = line[(atStart ? 1 : 0)..(atEnd ? ^1 : ^0)].Trim();
        if (!_builder.Add(set, Parse(body), atStart, atEnd)) throw new InvalidOperationException($"the pattern '{line}' needs a word that must be there");
    }

    private PatternNode Parse(string pattern) => new PatternParser(pattern, _lists).Parse();
}
