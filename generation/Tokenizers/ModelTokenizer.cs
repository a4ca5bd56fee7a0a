using System.Text;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A model's own tokenizer: byte-level BPE read from <c>tokenizer.json</c>, token for token as its makers' library does it. Safe to share between threads.</summary>
public sealed class ModelTokenizer
{
    private readonly TokenizerFile _file;
    private readonly AddedTokenSplitter _raw;
    private readonly AddedTokenSplitter _normalized;
    private readonly Dictionary<int, byte[]> _bytes = [];
    private readonly HashSet<int> _special;

    private ModelTokenizer(TokenizerFile file, string? bos, string? eos)
    {
        _file = file;
        _raw = new AddedTokenSplitter(file.Added.Where(token => !token.Normalized));
        _normalized = new AddedTokenSplitter(file.Added.Where(token => token.Normalized));
        foreach ((string token, int id) in file.Vocabulary)
            _bytes[id] = ByteAlphabet.Decode(token);
        foreach (AddedToken token in file.Added)
            _bytes[token.Id] = ByteAlphabet.Decode(token.Content);
        _special = [.. file.Added.Where(token => token.Special).Select(token => token.Id)];
        (BosText, EosText) = (bos, eos);
        BosId = bos is null ? null : IdOf(bos, "bos_token");
        EosId = eos is null ? null : IdOf(eos, "eos_token");
    }

    /// <summary>What kind it is, in words.</summary>
    public string Kind { get; } = "byte-level BPE";

    /// <summary>Tokens, added ones included.</summary>
    public int VocabularySize => _bytes.Count;

    /// <summary>The token that begins a text; null where tokenizer_config.json names none.</summary>
    public int? BosId { get; }

    /// <summary>The token that ends a text; null where tokenizer_config.json names none.</summary>
    public int? EosId { get; }

    /// <summary>The text of <see cref="BosId"/>.</summary>
    public string? BosText { get; }

    /// <summary>The text of <see cref="EosId"/>.</summary>
    public string? EosText { get; }

    /// <summary>Whether special tokens, where asked for, set BOS before a text.</summary>
    internal bool AddsBos => BosId is { } bos && _file.Before.Contains(bos);

    /// <summary>Reads <c>tokenizer.json</c> and, where it is there, <c>tokenizer_config.json</c> of a model folder.</summary>
    /// <exception cref="ModelException">A file is missing or damaged, or asks for what is not supported; the message names it.</exception>
    public static ModelTokenizer Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelException(FailureKind.ModelGone, $"{folder} does not exist: name a model folder that this machine can see");
        string file = Path.Combine(folder, "tokenizer.json");
        if (!File.Exists(file))
            throw new ModelException(FailureKind.ModelUnusable, $"{folder} is incomplete: tokenizer.json is missing: copy it there");
        try
        {
            (string? bos, string? eos) = ReadEnds(Path.Combine(folder, "tokenizer_config.json"));
            return new ModelTokenizer(TokenizerFile.Read(file), bos, eos);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{folder}: {(e is InvalidDataException ? e.Message : $"tokenizer.json is malformed ({e.Message})")}", e);
        }
    }

    /// <summary>The tokens of a text. Added tokens that stand in it as text become tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether what the file's post-processor sets before and after a text is set.</param>
    public int[] Encode(string text, bool addSpecialTokens)
    {
        var ids = new List<int>(text.Length / 2 + 4);
        if (addSpecialTokens)
            ids.AddRange(_file.Before);
        foreach (Segment outer in _raw.Split(text))
        {
            if (outer.Token is { } token)
                ids.Add(token);
            else
                EncodeSegment(outer.Text, ids);
        }

        if (addSpecialTokens)
            ids.AddRange(_file.After);
        return [.. ids];
    }

    /// <summary>The text of tokens. Bytes that are no UTF-8 become U+FFFD; ids that the tokenizer does not know are left out.</summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecial)
    {
        var bytes = new List<byte>();
        foreach (int id in ids)
        {
            if (!(skipSpecial && _special.Contains(id)))
                bytes.AddRange(Bytes(id));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>The bytes that a token stands for; empty where the tokenizer does not know it.</summary>
    internal byte[] Bytes(int id) => _bytes.TryGetValue(id, out byte[]? bytes) ? bytes : [];

    /// <summary>Whether a token marks structure rather than text.</summary>
    internal bool IsSpecial(int id) => _special.Contains(id);

    private void EncodeSegment(string text, List<int> ids)
    {
        foreach (Segment inner in _normalized.Split(_file.Nfc ? Nfc.Compose(text) : text))
        {
            if (inner.Token is { } token)
            {
                ids.Add(token);
                continue;
            }

            IEnumerable<string> pieces = [inner.Text];
            foreach (PreTokenizerStep step in _file.Steps)
                pieces = pieces.SelectMany(step.Split);
            foreach (string piece in pieces)
                _file.Merger.Encode(piece, ids);
        }
    }

    private int IdOf(string token, string name)
    {
        if (_file.Added.FirstOrDefault(added => added.Content == token) is { } found)
            return found.Id;
        return _file.Vocabulary.TryGetValue(token, out int id)
            ? id
            : throw new InvalidDataException($"tokenizer_config.json names {token} as {name}, and tokenizer.json has no such token");
    }

    private static (string? Bos, string? Eos) ReadEnds(string file)
    {
        if (!File.Exists(file))
            return (null, null);
        using JsonDocument document = JsonFiles.ReadObject(file);
        return (TokenText(document.RootElement, "bos_token"), TokenText(document.RootElement, "eos_token"));
    }

    // Written as text, or as an object with the text in it.
    private static string? TokenText(JsonElement root, string name) =>
        JsonFiles.String(root, name) ?? (JsonFiles.Value(root, name) is { } token ? JsonFiles.String(token, "content") : null);
}
