using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>A published prompt set.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="Title">What its authors call it.</param>
/// <param name="Address">Where it is published.</param>
/// <param name="Forms">The forms in which it is published, most particular first.</param>
internal sealed record PromptSet(string Name, string Title, string Address, ImmutableArray<SetForm> Forms)
{
    /// <summary>A word in a file's name that this set needs to be recognised, where its columns are another's; null for none.</summary>
    public string? FileWord { get; init; }

    public string Source(string file) => $"{Title}, {Address}, file {Path.GetFileName(file)}";

    /// <summary>The form of a row that is to be recognised.</summary>
    public SetForm? Recognise(SourceRow row, string file) =>
        FileWord is null || Path.GetFileName(file).Contains(FileWord, StringComparison.OrdinalIgnoreCase)
            ? Forms.FirstOrDefault(form => form.Telling && form.Fits(row))
            : null;

    /// <summary>All columns that a form may have, for errors.</summary>
    public string Columns() => string.Join("; or ", Forms.Select(form => string.Join(", ", form.Marks)));
}
