using Parquet;
using Parquet.Schema;

namespace RailCluster.Evaluation.Tests;

/// <summary>Writes small Parquet files.</summary>
internal static class ParquetFiles
{
    /// <summary>Four rows with columns of every kind.</summary>
    public static Task<byte[]> WriteAsync(CompressionMethod method)
    {
        var schema = new ParquetSchema(
            new DataField<int>("n"), new StructField("ask", new DataField<string>("words")), new DataField<string>("kind"), new DataField<bool?>("bad"),
            new DataField<double?>("score"), new ListField("marks", new DataField<string>("element")), new DataField<byte[]>("bytes"), new DataField<DateTime>("when"),
            new ListField("turns", new StructField("element", new DataField<string>("role"))));
        return WriteAsync(schema, method, async (group, fields) =>
        {
            await group.WriteAsync<int>(fields[0], new[] { 1, 2, 3, 4 });
            await group.WriteAsync(fields[1], new[] { "How?\nNow", "Was? Größe", "Why?", "Where?" });
            await group.WriteAsync(fields[2], new[] { "x", null!, "x", "x" });
            await group.WriteAsync<bool>(fields[3], new bool?[] { true, null, false, true });
            await group.WriteAsync<double>(fields[4], new double?[] { 0.5, null, 1, 2 });
            await group.WriteAsync(fields[5], new[] { "z", "critical", null!, "one, two", "z" }, new[] { 0, 1, 0, 0, 0 });
            await group.WriteAsync(fields[6], new byte[][] { [1], [2], [3], [4] });
            await group.WriteAsync<DateTime>(fields[7], Enumerable.Repeat(DateTime.UnixEpoch, 4).ToArray());
            await group.WriteAsync(fields[8], new[] { "user", "user", "user", "user" }, new[] { 0, 0, 0, 0 });
        });
    }

    /// <summary>One row group.</summary>
    public static async Task<byte[]> WriteAsync(
        ParquetSchema schema, CompressionMethod method, Func<ParquetRowGroupWriter, DataField[], Task> write, Func<ParquetRowGroupWriter, DataField, Task>? list = null)
    {
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = method }))
        {
            using var group = writer.CreateRowGroup();
            var fields = schema.GetDataFields();
            await write(group, fields);
            if (list is not null) await list(group, fields.Single(field => field.MaxRepetitionLevel > 0));
        }

        return stream.ToArray();
    }
}
