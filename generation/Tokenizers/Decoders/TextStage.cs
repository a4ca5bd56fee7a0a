using System.Buffers;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// One step on the way from tokens to text. Until a step joins them, each call brings one whole token; after that, calls bring the
/// text in whatever parts it comes in. What goes out never changes afterwards.
/// </summary>
/// <param name="next">Takes what comes out.</param>
internal abstract class TextStage(TextStage? next)
{
    /// <summary>Whether text is held back here or behind that ending now would bring out.</summary>
    public bool Holds => HoldsHere || Next is { Holds: true };

    /// <summary>Whether this step holds such text back.</summary>
    protected virtual bool HoldsHere => false;

    /// <summary>Takes what comes out; null behind the last step.</summary>
    protected TextStage? Next { get; } = next;

    /// <summary>Takes a token, or a part of the text.</summary>
    public abstract void Write(ReadOnlySpan<char> text);

    /// <summary>Says that nothing more comes.</summary>
    public virtual void End() => Next?.End();
}

/// <summary>The last step: keeps the text.</summary>
internal sealed class TextKeeper() : TextStage(null)
{
    private readonly ArrayBufferWriter<char> _text = new();

    /// <summary>All that came.</summary>
    public ReadOnlySpan<char> Text => _text.WrittenSpan;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text) => _text.Write(text);
}

/// <summary>Sets a space between tokens, where a file names no decoder.</summary>
internal sealed class SpaceJoin(TextStage next) : TextStage(next)
{
    private bool _begun;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        if (_begun)
            Next!.Write(" ");
        Next!.Write(text);
        _begun = true;
    }
}

/// <summary>Rewrites each token by itself.</summary>
internal sealed class TokenMap(Func<string, string> map, TextStage next) : TextStage(next)
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text) => Next!.Write(map(text.ToString()));
}

/// <summary>
/// Reads tokens as the bytes that their characters stand for, and gives whole characters on; bytes that are no UTF-8 become U+FFFD.
/// </summary>
internal sealed class ByteLevelText(TextStage next) : TextStage(next)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private byte[] _bytes = new byte[64];
    private char[] _characters = new char[64];

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text) => Decode(Read(text), flush: false);

    /// <inheritdoc/>
    public override void End()
    {
        Decode(0, flush: true);
        base.End();
    }

    // A token with a character outside the alphabet is text itself.
    private int Read(ReadOnlySpan<char> text)
    {
        Grow(ref _bytes, text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int value = ByteAlphabet.Byte(text[i]);
            if (value < 0)
            {
                Grow(ref _bytes, Encoding.UTF8.GetMaxByteCount(text.Length));
                return Encoding.UTF8.GetBytes(text, _bytes);
            }

            _bytes[i] = (byte)value;
        }

        return text.Length;
    }

    private void Decode(int count, bool flush)
    {
        Grow(ref _characters, Encoding.UTF8.GetMaxCharCount(count));
        int written = _decoder.GetChars(_bytes.AsSpan(0, count), _characters, flush);
        if (written > 0)
            Next!.Write(_characters.AsSpan(0, written));
    }

    private static void Grow<T>(ref T[] array, int size)
    {
        if (array.Length < size)
            Array.Resize(ref array, Math.Max(size, array.Length * 2));
    }
}
