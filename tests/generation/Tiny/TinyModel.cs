using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>A model folder in the Optimum layout around a <see cref="TinyDecoder"/>, with the tokenizer <c>split</c> of Data.</summary>
internal sealed class TinyModel : IDisposable
{
    public const int Vocabulary = 320;
    public const int Bos = 308;
    public const int Eos = 309;
    public const string Template =
        "{{ bos_token }}{% for message in messages %}<|user|>{{ message['content'] }}\n{% endfor %}{% if add_generation_prompt %}A:{% endif %}";

    private readonly TempFolder _folder = new();

    public TinyModel(TinyDecoder? decoder = null, string eos = "[309]", int context = 200, string? template = Template)
    {
        Decoder = decoder ?? new TinyDecoder(Vocabulary);
        WriteGraph("onnx/model.onnx");
        Write("config.json", $$"""{"model_type":"tiny","max_position_embeddings":{{context}},"vocab_size":320}""");
        Write("generation_config.json", $$"""{"eos_token_id":{{eos}}}""");
        System.IO.File.Copy(TestTokenizer.DataFile("split.tokenizer.json"), File("tokenizer.json"));
        Write("tokenizer_config.json", """{"bos_token":{"content":"<s>"},"eos_token":"</s>"}""");
        if (Decoder.Names.Past[0] != new GraphNames().Past[0])
            WriteGenaiConfig(eos, context);
        if (template is not null)
            Write("chat_template.jinja", template);
    }

    public TinyDecoder Decoder { get; }

    public string Path => _folder.Path;

    public string File(string name) => _folder.File(name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    /// <summary>Names that are not Optimum's are told in the manner of onnxruntime-genai.</summary>
    private void WriteGenaiConfig(string eos, int context)
    {
        GraphNames names = Decoder.Names;
        string Caches(string side, IReadOnlyList<string> patterns) => patterns.Count == 1
            ? $"\"{side}_names\":\"{patterns[0]}\""
            : $"\"{side}_key_names\":\"{patterns[0]}\",\"{side}_value_names\":\"{patterns[1]}\"";
        Write("genai_config.json", $$"""
            {"model":{"type":"tiny","context_length":{{context}},"vocab_size":320,"eos_token_id":{{eos}},"decoder":{"filename":"onnx/model.onnx",
            "inputs":{"input_ids":"{{names.InputIds}}","attention_mask":"{{names.AttentionMask}}","position_ids":"{{names.PositionIds}}",{{Caches("past", names.Past)}}},
            "outputs":{"logits":"{{names.Logits}}",{{Caches("present", names.Present)}} } } } }
            """);
        System.IO.File.Delete(File("config.json"));
        System.IO.File.Delete(File("generation_config.json"));
    }

    public void WriteGraph(string name)
    {
        System.IO.File.WriteAllBytes(File(name), Decoder.ToOnnx());
        if (Decoder.ExternalFile is { } external)
            System.IO.File.WriteAllBytes(File(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(name)!, external)), Decoder.External!);
    }

    /// <summary>Writes an adapter beside the model's files.</summary>
    public ModelReference WithAdapter(AdapterFile adapter, string name = "one.onnx_adapter")
    {
        System.IO.File.WriteAllBytes(File(name), adapter.ToBytes());
        return new ModelReference(Path, File(name));
    }

    public Task<OnnxTextGenerator> LoadAsync(int slots = 16, OnnxModelStoreOptions? options = null) => LoadAsync(new ModelReference(Path), slots, options);

    public static async Task<OnnxTextGenerator> LoadAsync(ModelReference model, int slots = 16, OnnxModelStoreOptions? options = null) => (OnnxTextGenerator)await
        new OnnxModelStore(options ?? new OnnxModelStoreOptions()).LoadAsync(
            model, null, new LoadOptions(slots, Threads: 1), TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
