using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>What became of one row: its line, and all that was found, the first of which counts; nothing was found in a row with a fault or one that is kept.</summary>
internal sealed record ScoredRow(byte[] Line, ImmutableArray<ScoredResponse> Found, string? Fault);

/// <summary>Scores the rows of a file, as many at a time as the scorer takes.</summary>
/// <param name="file">JSON Lines.</param>
/// <param name="scorer">Who scores.</param>
/// <param name="settings">How.</param>
/// <param name="times">Scorings of every answer.</param>
/// <param name="failedOnly">Whether rows that hold a result already are kept as they are.</param>
internal sealed class ScoreRun(string file, IRailScorer scorer, ScoringSettings settings, int times, bool failedOnly)
{
    // A scorer that computes here takes rows in chunks; one that wants many under way takes them one by one.
    private const int Chunk = 128;

    private bool InChunks => !scorer.Traits.IsRemote && scorer.Traits.InFlight <= Environment.ProcessorCount;

    /// <summary>Looks at every row before any is scored, so that a fault in the last line costs nothing. An id is remembered by 16 bytes of its hash.</summary>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="RailInputException">A line is no JSON object, an id stands twice, or there are no rows.</exception>
    public async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        var seen = new Dictionary<UInt128, int>();
        await ScorePipeline.RunAsync(JsonRows.Lines(file).Chunk(Chunk), Environment.ProcessorCount, (lines, _) => Task.FromResult(lines.Select(Identify).ToArray()), rows =>
        {
            foreach (var (hash, id, number) in rows)
            {
                if (!seen.TryAdd(hash, number)) throw new RailInputException($"{file}:{number}: the id '{id}' stands at {file}:{seen[hash]} already; ids are unique");
            }

            return Task.CompletedTask;
        }, cancellationToken);
        return seen.Count > 0 ? seen.Count : throw new RailInputException($"{file}: has no rows; write one JSON object a line");
    }

    /// <summary>Scores rows and hands them on in their order.</summary>
    /// <param name="skip">Rows that an earlier start wrote.</param>
    /// <param name="write">Takes one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task WriteAsync(int skip, Func<ScoredRow, Task> write, CancellationToken cancellationToken)
    {
        var lines = JsonRows.Lines(file).Skip(skip);
        return InChunks
            ? ScorePipeline.RunAsync(lines.Chunk(Chunk), scorer.Traits.InFlight, ScoreAllAsync, async rows =>
            {
                foreach (var row in rows) await write(row);
            }, cancellationToken)
            : ScorePipeline.RunAsync(lines, scorer.Traits.InFlight, ScoreAsync, write, cancellationToken);
    }

    private (UInt128 Hash, string Id, int Number) Identify(NumberedLine line)
    {
        var place = $"{file}:{line.Number}";
        using var document = JsonRows.Document(line.Text, place);
        var id = JsonRows.IdOf(document.RootElement, place, line.Number);
        return (BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))), id, line.Number);
    }

    private async Task<ScoredRow[]> ScoreAllAsync(NumberedLine[] lines, CancellationToken cancellationToken)
    {
        var rows = new ScoredRow[lines.Length];
        for (var index = 0; index < lines.Length; index++) rows[index] = await ScoreAsync(lines[index], cancellationToken);
        return rows;
    }

    private async Task<ScoredRow> ScoreAsync(NumberedLine line, CancellationToken cancellationToken)
    {
        using var row = ScoreRow.Parse(line, file, settings);
        if (failedOnly && row.Outcome is not (null or "failed")) return new ScoredRow(Encoding.UTF8.GetBytes(line.Text + "\n"), [], null);
        if (row.Request is null) return new ScoredRow(row.Write(null, scorer.Identity), [], $"{file}:{line.Number}: {row.Fault}");
        var found = ImmutableArray.CreateBuilder<ScoredResponse>(times);
        for (var time = 0; time < times; time++) found.Add(await scorer.ScoreAsync(row.Request with { Repetition = time }, cancellationToken));
        return new ScoredRow(row.Write(found[0], scorer.Identity), found.MoveToImmutable(), null);
    }
}
