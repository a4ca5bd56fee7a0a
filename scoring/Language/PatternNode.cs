namespace RailCluster.Scoring;

/// <summary>A part of a pattern.</summary>
internal abstract record PatternNode
{
    /// <summary>One word out of a class.</summary>
    /// <param name="Words">Normalised words.</param>
    /// <param name="Stems">Beginnings of words.</param>
    public sealed record OneOf(IReadOnlyCollection<string> Words, IReadOnlyCollection<string> Stems) : PatternNode;

    /// <summary>One token with a symbol that is not made of words, such as a number.</summary>
    public sealed record Special(int Symbol) : PatternNode;

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One or the other.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>There or not.</summary>
    public sealed record Optional(PatternNode Part) : PatternNode;

    /// <summary>Alternatives as one node: those of one word become a class, which is matched in one step.</summary>
    public static PatternNode Either(IReadOnlyList<PatternNode> parts)
    {
        if (parts.Count == 1) return parts[0];
        var (words, stems, rest) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal), new List<PatternNode>());
        foreach (var part in parts.SelectMany(part => part is Choice choice ? choice.Parts : [part]))
        {
            if (part is OneOf one)
            {
                words.UnionWith(one.Words);
                stems.UnionWith(one.Stems);
            }
            else rest.Add(part);
        }

        if (words.Count + stems.Count > 0) rest.Insert(0, new OneOf(words, stems));
        return rest.Count == 1 ? rest[0] : new Choice(rest);
    }
}
