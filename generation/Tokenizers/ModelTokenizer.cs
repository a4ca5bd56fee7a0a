using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// A model's own tokenizer: read from <c>tokenizer.json</c>, token for token as its makers' library does it. Which special tokens
/// stand around a text is said by that file's post-processor alone; <c>add_bos_token</c> and <c>add_eos_token</c> of
/// <c>tokenizer_config.json</c> change nothing. Safe to share between threads.
/// </summary>
public sealed class ModelTokenizer
{
    private readonly TokenizerFile _file;
    private readonly TextPreparer _preparer;
    private readonly Dictionary<int, string> _texts = [];
    private readonly HashSet<int> _special;
    private readonly Func<TextStage, TextStage> _stages;

    private ModelTokenizer(TokenizerFile file, TokenizerSettings settings)
    {
        _file = file;
        _preparer = new TextPreparer(file);
        // A token's text is rewritten once: answers are put together from these.
        foreach ((string token, int id) in file.Model.Vocabulary)
            _texts[id] = file.Decoder.Token(token);
        foreach (AddedToken token in file.Added)
            _texts[token.Id] = file.Decoder.Token(token.Content);
        _special = [.. file.Added.Where(token => token.Special).Select(token => token.Id)];
        _stages = settings.CleansUp && file.Model is not BpeModel ? next => file.Decoder.Stages(CleanUp.Text(next)) : file.Decoder.Stages;
        (BosText, EosText) = (settings.Bos, settings.Eos);
        BosId = settings.Bos is { } bos ? IdOf(bos, "bos_token") : null;
        EosId = settings.Eos is { } eos ? IdOf(eos, "eos_token") : null;
    }

    /// <summary>What kind it is, in words.</summary>
    public string Kind => _file.Kind;

    /// <summary>Tokens, added ones included.</summary>
    public int VocabularySize => _texts.Count;

    /// <summary>The token that begins a text; null where tokenizer_config.json names none.</summary>
    public int? BosId { get; }

    /// <summary>The token that ends a text; null where tokenizer_config.json names none.</summary>
    public int? EosId { get; }

    /// <summary>The text of <see cref="BosId"/>.</summary>
    public string? BosText { get; }

    /// <summary>The text of <see cref="EosId"/>.</summary>
    public string? EosText { get; }

    /// <summary>Whether special tokens, where asked for, set BOS before a text.</summary>
    internal bool AddsBos => BosId is { } bos && _file.Layout.Before.Contains(bos);

    /// <summary>What the file says.</summary>
    internal TokenizerFile File => _file;

    /// <summary>Whether text does not come back as it went in by design: words lose their case or their spaces, say.</summary>
    internal bool Rewrites => _file.Model is not BpeModel || _file.Normalizers.Any(step => step is CharacterMap or PrecompiledMap or Strip);

    /// <summary>Reads <c>tokenizer.json</c> and, where it is there, <c>tokenizer_config.json</c> of a model folder.</summary>
    /// <exception cref="ModelException">A file is missing or damaged, or asks for what is not supported; the message names it.</exception>
    public static ModelTokenizer Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelException(FailureKind.ModelGone, $"{folder} does not exist: name a model folder that this machine can see");
        string file = Path.Combine(folder, "tokenizer.json");
        if (!System.IO.File.Exists(file))
            throw new ModelException(FailureKind.ModelUnusable, $"{folder} is incomplete: tokenizer.json is missing: copy it there");
        try
        {
            return new ModelTokenizer(TokenizerFile.Read(file), TokenizerSettings.Read(Path.Combine(folder, "tokenizer_config.json")));
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{folder}: {(e is InvalidDataException ? e.Message : $"tokenizer.json is malformed ({e.Message})")}", e);
        }
    }

    /// <summary>The tokens of a text. Added tokens that stand in it as text become tokens; half a character counts as U+FFFD.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether what the file's post-processor sets before and after a text is set.</param>
    public int[] Encode(string text, bool addSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 2 + 4);
        if (addSpecialTokens)
            ids.AddRange(_file.Layout.Before);
        _preparer.Encode(text, ids);
        if (addSpecialTokens)
            ids.AddRange(_file.Layout.After);
        return [.. ids];
    }

    /// <summary>
    /// The text of tokens, as the library that made the file gives it. Ids that the tokenizer does not know are left out. Where
    /// tokenizer_config.json sets clean_up_tokenization_spaces, spaces before punctuation go, save for BPE, whose text they would damage.
    /// </summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecial)
    {
        ArgumentNullException.ThrowIfNull(ids);
        TextStream stream = Stream(skipSpecial);
        foreach (int id in ids)
            stream.Append(id);
        stream.End();
        return stream.Text.ToString();
    }

    /// <summary>Begins a text that grows token by token.</summary>
    public TextStream Stream(bool skipSpecial) => new(this, _stages, skipSpecial);

    /// <summary>A token's text before the decoder's steps; null where the tokenizer does not know it.</summary>
    internal string? TextOf(int id) => _texts.GetValueOrDefault(id);

    /// <summary>Whether a token marks structure rather than text.</summary>
    internal bool IsSpecial(int id) => _special.Contains(id);

    private int IdOf(string token, string name)
    {
        if (_file.Added.FirstOrDefault(added => added.Content == token) is { } found)
            return found.Id;
        return _file.Model.Vocabulary.TryGetValue(token, out int id)
            ? id
            : throw new InvalidDataException($"tokenizer_config.json names {token} as {name}, and tokenizer.json has no such token");
    }
}
