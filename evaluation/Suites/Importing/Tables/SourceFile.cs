using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RailCluster.Evaluation;

/// <summary>The bytes of a file of prompts, unpacked where they are packed, and their text.</summary>
internal static class SourceFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads all of a file, which may be packed by gzip.</summary>
    /// <exception cref="RailInputException">It is too large, or the packing is broken.</exception>
    public static async Task<byte[]> ReadAsync(Stream stream, string source, CancellationToken cancellationToken)
    {
        var bytes = await LimitedAsync(stream, source, cancellationToken);
        if (bytes is not [0x1F, 0x8B, ..]) return bytes;
        try
        {
            await using var unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var text = await LimitedAsync(unpacked, source, cancellationToken);
            return IsWhole(bytes, text.Length) ? text : throw new InvalidDataException("the packed data ends too early");
        }
        catch (InvalidDataException exception)
        {
            throw new RailInputException($"{source}: the gzip data is broken, or in several parts; is the file whole? unpack it to see", exception);
        }
    }

    /// <summary>The text, without a byte-order mark.</summary>
    /// <exception cref="RailInputException">It is not UTF-8, or no text at all.</exception>
    public static string Text(byte[] bytes, string source)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw new RailInputException($"{source}: is UTF-16 text; save it as UTF-8");
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..])
            throw new RailInputException($"{source}: is a zip archive, as workbooks are; unpack it, or save the sheet as CSV");
        if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var zero)
            throw new RailInputException($"{source}:{Line(bytes, zero)}: holds a NUL byte, which no text has; is the file what its name says?");
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            throw new RailInputException($"{source}:{Line(bytes, exception.Index)}: is not UTF-8 text; save it as UTF-8", exception);
        }
    }

    // The stream passes over an end that is missing. A whole file ends with how long its text is.
    private static bool IsWhole(byte[] packed, int length) =>
        packed.Length > 18 && BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 4)) == (uint)length;

    private static int Line(byte[] bytes, int index) => 1 + bytes.AsSpan(0, Math.Clamp(index, 0, bytes.Length)).Count((byte)'\n');

    private static async Task<byte[]> LimitedAsync(Stream stream, string source, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (read.Length + count > TableLimits.LargestFile)
                throw new RailInputException($"{source}: has more than {TableLimits.LargestFile >> 20} MiB; keep the columns and rows that are needed");
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
