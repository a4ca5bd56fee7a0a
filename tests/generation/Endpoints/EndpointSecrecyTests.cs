using System.Text.Json;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation.Tests;

/// <summary>The key goes over the wire to the server it is for, and into no text.</summary>
public sealed class EndpointSecrecyTests : EndpointTest
{
    [Theory]
    [InlineData(200)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task GenerateAsync_ServerThatSendsTheKeyBack_IsNotQuotedWithIt(int status)
    {
        Server.Models = $$"""{"data":[{"id":"m","owned_by":"{{Secret}}","root":"{{Secret}}"}]}""";
        Server.Chat = (_, context) => status == 200
            ? ChatServer.AnswerAsync(context, $"your key is {Secret}")
            : ChatServer.ErrorAsync(context, status, $"Incorrect API key provided: {Secret}", Secret);
        EndpointGenerator generator = await ConnectAsync();
        string told = await ToldAsync(generator);
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
        Assert.Contains(status == 200 ? "sent the key back" : $"{status}", told, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(generator.Model) + JsonSerializer.Serialize(generator.Stats), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_KeyRefused_SaysWhereItCameFrom()
    {
        Server.Models = null;
        Server.Chat = (_, context) => ChatServer.ErrorAsync(context, 401, $"bad {Secret}");
        EndpointGenerator generator = await ConnectAsync();
        string text = (await Assert.ThrowsAsync<ModelException>(() => generator.ProveAsync(Greedy, Stop))).ToString();
        Assert.Contains("refused the key from TEST_KEY (401)", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_OfKeyAndOptions_DoNotShowIt()
    {
        EndpointGeneratorOptions options = Quick();
        Assert.DoesNotContain(Secret, $"{options} {options.Key} {JsonSerializer.Serialize(options.Key)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_Redirect_IsNotFollowed()
    {
        await using ChatServer elsewhere = await ChatServer.StartAsync();
        Server.Chat = (_, context) =>
        {
            context.Response.Headers.Location = elsewhere.Url + "/chat/completions";
            return ChatServer.ErrorAsync(context, 308);
        };
        EndpointGenerator generator = await ConnectAsync();
        await Assert.ThrowsAsync<ModelException>(() => AllAsync(generator, Many(1), Greedy));
        Assert.Empty(elsewhere.Paths);
    }

    [Theory]
    [InlineData("not an address", "not an http or https address")]
    [InlineData("ftp://host/v1", "not an http or https address")]
    [InlineData("https://user:hunter2@host/v1", "carries a user name or password")]
    [InlineData("https://host/v1?key=hunter2", "no query but api-version")]
    [InlineData("https://host/v1?api-version=1&key=hunter2", "no query but api-version")]
    [InlineData("https://host/v1#hunter2", "no fragment")]
    [InlineData("http://host/v1", "unencrypted to host")]
    public void Parse_AddressThatIsRefused_IsNamedWithoutItsSecrets(string text, string expected)
    {
        string message = Assert.Throws<RailInputException>(() => EndpointAddress.Parse(text, keyed: true, plainHttp: false)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1")]
    [InlineData("HTTP://LocalHost:80/v1/", "http://localhost/v1")]
    [InlineData("https://Host.Example/v1/chat/completions", "https://host.example/v1")]
    [InlineData("https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "https://r.openai.azure.com/openai/deployments/d?api-version=1")]
    [InlineData("http://[::1]:5/x", "http://[::1]:5/x")]
    public void Parse_AddressInManySpellings_IsOne(string text, string expected) =>
        Assert.Equal(expected, EndpointAddress.Parse(text, keyed: true, plainHttp: false).ToString());

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Parse_PlainHttpToAnotherMachine_NeedsNoKeyOrAWord(bool keyed, bool plainHttp) =>
        Assert.Equal("http://gpu-node:8000/v1", EndpointAddress.Parse("http://gpu-node:8000", keyed, plainHttp).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("line\nbreak")]
    [InlineData("ümlaut")]
    public void Key_ThatNoHeaderCarries_IsRefusedBySource(string secret)
    {
        string message = Assert.Throws<RailInputException>(() => new EndpointKey(secret, "MY_KEY")).Message;
        Assert.StartsWith("MY_KEY does not hold a key", message, StringComparison.Ordinal);
    }

    // All that a failure says: outcomes, exceptions with their traces, canaries.
    private static async Task<string> ToldAsync(EndpointGenerator generator)
    {
        var told = new List<string>();
        try
        {
            told.AddRange((await AllAsync(generator, Many(2), Greedy)).Values.Select(outcome => outcome.ToString()));
        }
        catch (ModelException e)
        {
            told.Add(e.ToString());
        }

        try
        {
            told.AddRange((await generator.ProveAsync(Greedy, Stop)).Canaries.Select(canary => canary.ToString()));
        }
        catch (ModelException e)
        {
            told.Add(e.ToString());
        }

        return string.Join('\n', told);
    }
}
