using Microsoft.AspNetCore.Http;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>What an answer, a refusal and a broken answer become.</summary>
public sealed class EndpointOutcomeTests : EndpointTest
{
    [Theory]
    [InlineData("stop", "", FinishReason.Eos)]
    [InlineData("stop", ",\"stop_reason\":null", FinishReason.Eos)]
    [InlineData("stop", ",\"stop_reason\":128009", FinishReason.Eos)]
    [InlineData("stop", ",\"stop_reason\":\"END\"", FinishReason.Stop)]
    [InlineData("stop", ",\"matched_stop\":\"END\"", FinishReason.Stop)]
    [InlineData("stop_sequence", "", FinishReason.Stop)]
    [InlineData("eos_token", "", FinishReason.Eos)]
    [InlineData("length", "", FinishReason.Length)]
    public async Task GenerateAsync_FinishReason_IsKept(string finish, string extra, FinishReason expected)
    {
        Server.Chat = (_, context) => ChatServer.AnswerAsync(context, "Zoë \"said\"\n🙂", finish, extra);
        Assert.Equal(new GenerationOutcome.Answered("Zoë \"said\"\n🙂", expected, 5, 3), await OneAsync());
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("null", "")]
    [InlineData("null,\"refusal\":\"I cannot help.\"", "I cannot help.")]
    [InlineData("\"text\",\"refusal\":null", "text")]
    [InlineData("[{\"type\":\"text\",\"text\":\"parts\"}]", "parts")]
    public async Task GenerateAsync_Content_IsTheAnswerEvenWhereItIsEmpty(string content, string expected)
    {
        Body($$"""{"choices":[{"index":0,"message":{"role":"assistant","content":{{content}}},"finish_reason":"stop"}]}""");
        Assert.Equal(new GenerationOutcome.Answered(expected, FinishReason.Eos, 0, 0), await OneAsync());
    }

    [Fact]
    public async Task GenerateAsync_FilteredAnswer_IsUnanswerableAndNotAskedAgain()
    {
        Server.Chat = (_, context) => ChatServer.AnswerAsync(context, "half an ans", "content_filter");
        Assert.Contains("content filter withheld", Assert.IsType<GenerationOutcome.Unanswerable>(await OneAsync()).Reason, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("tool_calls", "called a tool")]
    [InlineData("function_call", "called a tool")]
    [InlineData("because", "unknown reason (finish_reason because)")]
    public async Task GenerateAsync_EndThatIsNoAnswer_FailsForGood(string finish, string expected)
    {
        Server.Chat = (_, context) => ChatServer.AnswerAsync(context, "x", finish);
        AssertFailed(await OneAsync(), expected, retryable: false);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task GenerateAsync_MoreTokensThanAskedFor_FailsForGood()
    {
        Server.Chat = (_, context) => ChatServer.AnswerAsync(context, "x", usage: """{"prompt_tokens":5,"completion_tokens":33,"total_tokens":38}""");
        AssertFailed(await OneAsync(), "33 tokens where at most 32", retryable: false);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Too much.","type":"invalid_request_error","code":"context_length_exceeded"}}""")]
    [InlineData(400, """{"object":"error","message":"This model's maximum context length is 8 tokens. However, you requested 9.","type":"BadRequestError","code":400}""")]
    [InlineData(400, """{"error":{"message":"The decoder prompt (length 9) is longer than the maximum model length of 8.","type":"BadRequestError","code":400}}""")]
    [InlineData(422, """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8. Given: 5 and 4","error_type":"validation"}""")]
    public async Task GenerateAsync_PromptBeyondTheContext_IsUnanswerable(int status, string body)
    {
        Body(body, status);
        Assert.Contains("do not fit the model's context", Assert.IsType<GenerationOutcome.Unanswerable>(await OneAsync()).Reason, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The response was filtered","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""")]
    [InlineData("""{"error":{"message":"x","code":null,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""")]
    public async Task GenerateAsync_PromptFilteredByAzure_IsUnanswerable(string body)
    {
        Body(body, 400);
        Assert.Contains("content filter refused the prompt", Assert.IsType<GenerationOutcome.Unanswerable>(await OneAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Unknown parameter: 'max_tokens'.","code":"unknown_parameter"}}""", "refused the request (400): \"Unknown parameter")]
    [InlineData("the context is fine", "refused the request (400)")]
    public async Task GenerateAsync_OtherBadRequest_FailsForGoodAndQuotes(string body, string expected)
    {
        Body(body, 400);
        AssertFailed(await OneAsync(), expected, retryable: false);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("<html><body>502</body></html>", "is a web page")]
    [InlineData("{\"choices\":[{", "is not JSON")]
    [InlineData("", "is not JSON")]
    [InlineData("[]", "has no choices")]
    [InlineData("{\"choices\":[]}", "has 0 choices")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":null}]}", "has no finish_reason")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"x\"}}]}", "has no finish_reason")]
    [InlineData("{\"choices\":[{\"finish_reason\":\"stop\"}]}", "has no message")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":7},\"finish_reason\":\"stop\"}]}", "no text")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"\\ud83d\"},\"finish_reason\":\"stop\"}]}", "half a character")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"abort\"}]}", "gave the answer up")]
    [InlineData("{\"choices\":[{\"message\":{\"role\":\"king\",\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":\"many\"}}", "cannot be read")]
    public async Task GenerateAsync_BrokenAnswer_IsRetriedAndThenFailedNeverScored(string body, string expected)
    {
        Body(body);
        AssertFailed(await OneAsync(), expected, retryable: true);
        Assert.Equal(3, Server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GenerateAsync_BodyBeyondTheLimit_FailsForGood(bool announced)
    {
        Server.Chat = async (_, context) =>
        {
            if (announced)
                context.Response.ContentLength = 3000;
            await context.Response.WriteAsync(new string(' ', 3000), context.RequestAborted);
        };
        AssertFailed(await OneAsync(options: Quick() with { LargestBody = 2000 }), "larger than 2000 bytes", retryable: false);
        Assert.Single(Server.Requests);
    }

    private void Body(string body, int status = 200) => Server.Chat = (_, context) => ChatServer.JsonAsync(context, status, body);

    private static void AssertFailed(GenerationOutcome outcome, string expected, bool retryable)
    {
        var failed = Assert.IsType<GenerationOutcome.Failed>(outcome);
        Assert.Contains(expected, failed.Error, StringComparison.Ordinal);
        Assert.Equal(retryable, failed.Retryable);
    }
}
