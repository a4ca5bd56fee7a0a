namespace RailCluster.Scoring;

/// <summary>Takes shortened words apart: "can't" is read as "can not", "I'm" as "i am". Texts and patterns go through the same rules.</summary>
internal static class Contractions
{
    // Written without an apostrophe, or as one word.
    private static readonly Dictionary<string, (string First, string Second, int Cut)> Fused =
        new Dictionary<string, (string, string, int)>(StringComparer.Ordinal)
        {
            ["cannot"] = ("can", "not", 3),
            ["cant"] = ("can", "not", 3),
            ["dont"] = ("do", "not", 2),
            ["doesnt"] = ("does", "not", 4),
            ["didnt"] = ("did", "not", 3),
            ["isnt"] = ("is", "not", 2),
            ["arent"] = ("are", "not", 3),
            ["wasnt"] = ("was", "not", 3),
            ["wont"] = ("will", "not", 2),
            ["wouldnt"] = ("would", "not", 5),
            ["couldnt"] = ("could", "not", 5),
            ["shouldnt"] = ("should", "not", 6),
            ["ive"] = ("i", "have", 1),
            ["youre"] = ("you", "are", 3),
            ["theyre"] = ("they", "are", 4),
            ["gonna"] = ("going", "to", 3),
            ["wanna"] = ("want", "to", 3),
            ["gotta"] = ("have", "to", 3),
        };

    private static readonly Dictionary<string, string> Endings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["m"] = "am",
        ["re"] = "are",
        ["ve"] = "have",
        ["ll"] = "will",
        ["d"] = "would",
    };

    // Behind these an 's is a verb; behind a noun it may be a genitive and stays as it is.
    private static readonly HashSet<string> BeforeIs = new(
        ["it", "that", "he", "she", "there", "here", "what", "who", "how", "where", "this", "everything", "nothing", "something", "one", "everyone"],
        StringComparer.Ordinal);

    private static readonly Dictionary<string, (string First, string Second, int Cut)>.AlternateLookup<ReadOnlySpan<char>> FusedLookup =
        Fused.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Takes a word apart where it is a contraction.</summary>
    /// <param name="word">Lower case, with straight apostrophes.</param>
    /// <param name="parts">Its two parts and the index where the second begins.</param>
    public static bool TryPart(ReadOnlySpan<char> word, out (string First, string Second, int Cut) parts)
    {
        var apostrophe = word.IndexOf('\'');
        if (apostrophe < 0) return FusedLookup.TryGetValue(word, out parts);
        var (head, tail) = (word[..apostrophe].ToString(), word[(apostrophe + 1)..].ToString());
        parts = tail switch
        {
            "t" when head.EndsWith('n') => (Positive(head[..^1]), "not", apostrophe - 1),
            "s" => (head, head == "let" ? "us" : BeforeIs.Contains(head) ? "is" : "'s", apostrophe),
            _ when Endings.TryGetValue(tail, out var verb) => (head, verb, apostrophe),
            _ => (head, tail, apostrophe + 1),
        };
        return true;
    }

    private static string Positive(string head) => head switch
    {
        "ca" => "can",
        "wo" => "will",
        "sha" => "shall",
        "ai" => "is",
        _ => head,
    };
}
