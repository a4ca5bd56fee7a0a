using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace RailCluster.Contracts.Tests;

public sealed class WireRoundTripTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static TheoryData<string, bool> Records()
    {
        var data = new TheoryData<string, bool>();
        foreach (var type in WireTypes.Records)
        {
            data.Add(type.FullName!, true);
            data.Add(type.FullName!, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Orleans_EveryRecord_ComesBackTheSame(string name, bool full)
    {
        var type = typeof(RailJson).Assembly.GetType(name)!;
        var sample = new Samples(full).Of(type);
        var serializer = Services.GetRequiredService<Serializer<object>>();
        var back = serializer.Deserialize(serializer.SerializeToArray(sample));
        Assert.IsType(type, back);
        Assert.Equal(Json(sample), Json(back));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Orleans_EveryRecordCopied_IsTheSame(string name, bool full)
    {
        var sample = new Samples(full).Of(typeof(RailJson).Assembly.GetType(name)!);
        Assert.Equal(Json(sample), Json(Services.GetRequiredService<DeepCopier>().Copy(sample)));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Json_EveryRecord_ComesBackTheSame(string name, bool full)
    {
        var type = typeof(RailJson).Assembly.GetType(name)!;
        // A union rests as its base, with the case named beside the fields.
        var resting = type.BaseType is { IsAbstract: true } union && WireTypes.All.Contains(union) ? union : type;
        var text = JsonSerializer.Serialize(new Samples(full).Of(type), resting, RailJson.Options);
        var back = JsonSerializer.Deserialize(text, resting, RailJson.Options)!;
        Assert.IsType(type, back);
        Assert.Equal(text, JsonSerializer.Serialize(back, resting, RailJson.Options));
        Assert.DoesNotContain('\n', text);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Json_EveryMember_IsWritten(string name, bool full)
    {
        var type = typeof(RailJson).Assembly.GetType(name)!;
        var written = JsonNode.Parse(Json(new Samples(full).Of(type)))!.AsObject().Select(field => field.Key);
        var members = WireTypes.Parameters(type).Select(parameter => parameter.Name!)
            .Concat(WireTypes.Members(type).Select(member => member.Property.Name))
            .Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (full) Assert.Equal(members, written.Order(StringComparer.Ordinal));
        else Assert.Subset(members.ToHashSet(), written.ToHashSet());
    }

    [Fact]
    public void Orleans_Exception_KeepsItsMessage()
    {
        var serializer = Services.GetRequiredService<Serializer<Exception>>();
        var back = serializer.Deserialize(serializer.SerializeToArray(new RailRequestException("run 'a' is not there")));
        Assert.Equal("run 'a' is not there", Assert.IsType<RailRequestException>(back).Message);
    }

    [Theory]
    [InlineData("""{"kind":"poem","content":"x"}""")]
    [InlineData("""{"content":"x"}""")]
    [InlineData("""{"kind":"text"}""")]
    [InlineData("""{"kind":"text","content":null}""")]
    [InlineData("""{"kind":"tokens","ids":null}""")]
    public void Json_WhatIsNoPromptInput_IsRefused(string text)
    {
        var fault = Record.Exception(() => JsonSerializer.Deserialize<PromptInput>(text, RailJson.Options));
        Assert.True(fault is JsonException or NotSupportedException, $"{fault}");
    }

    [Fact]
    public void Json_CaseNamedLast_IsRead() =>
        Assert.Equal(
            new PromptInput.Text("x"),
            JsonSerializer.Deserialize<PromptInput>("""{"content":"x","kind":"text"}""", RailJson.Options));

    [Fact]
    public void Json_ModelWithoutAdapter_IsReadAndWrittenAsBeforeThereWereAny()
    {
        const string before = """{"path":"/models/base"}""";

        Assert.Equal(new ModelReference("/models/base"), JsonSerializer.Deserialize<ModelReference>(before, RailJson.Options));
        Assert.Equal(before, JsonSerializer.Serialize(new ModelReference("/models/base"), RailJson.Options));
        Assert.Null(JsonSerializer.Deserialize<ModelInspection>(
            """{"fingerprint":{"hash":"a"},"engine":{"execution_provider":"cpu","precision":"fp32","behaviour_version":1},"layout":"optimum","bytes":1}""", RailJson.Options)!.Base);
    }

    [Theory]
    [InlineData("""{"dimensions":["safetey"]}""")]
    [InlineData("""{"dimensions":[1]}""")]
    [InlineData("""{"dimensions":["1"]}""")]
    public void Json_UnknownEnum_IsRefused(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ScoringSettings>(
            text.Replace("{", """{"scorer":{"name":"rules","version":"1"},"mode":"basic",""", StringComparison.Ordinal), RailJson.Options));

    private static string Json(object? value) => JsonSerializer.Serialize(value, value!.GetType(), RailJson.Options);
}
