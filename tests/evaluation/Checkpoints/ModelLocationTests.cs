namespace RailCluster.Evaluation.Tests;

public sealed class ModelLocationTests
{
    [Theory]
    [InlineData("/models/step-100", ModelPlace.Folder, "/models/step-100")]
    [InlineData("step-100", ModelPlace.Folder, "step-100")]
    [InlineData("/odd?name#here%2e", ModelPlace.Folder, "/odd?name#here%2e")]
    [InlineData("file:///models/step-100", ModelPlace.Folder, "/models/step-100")]
    [InlineData("file:///models/step%20100/", ModelPlace.Folder, "/models/step 100")]
    [InlineData("https://Models.Example.org/a", ModelPlace.Web, "https://models.example.org/a/")]
    [InlineData("HTTPS://models.example.org:443/a/", ModelPlace.Web, "https://models.example.org/a/")]
    [InlineData("https://models.example.org/a/step%20100/", ModelPlace.Web, "https://models.example.org/a/step%20100/")]
    [InlineData("http://127.0.0.1:8000/a", ModelPlace.Web, "http://127.0.0.1:8000/a/")]
    [InlineData("az://account/models/team/step-100", ModelPlace.Azure, "az://account/models/team/step-100/")]
    public void Parse_Name_HasItsPlaceAndOneSpelling(string name, ModelPlace place, string spelling)
    {
        ModelLocation location = ModelLocation.Parse(name);

        Assert.Equal((place, spelling), (location.Place, location.Name));
        Assert.Equal(location, ModelLocation.Parse(location.Name));
    }

    [Theory]
    [InlineData("ftp://models.example.org/a/", "not from ftp:")]
    [InlineData("https://", "is no URI")]
    [InlineData("file://server/share/a", "names a folder of the machine")]
    [InlineData("file://localhost/models/a", "names a folder of the machine")]
    [InlineData("file:/models/a", "is no URI")]
    [InlineData("file:///", "names a folder of the machine")]
    [InlineData("https://models.example.org/a/../../b/", "write the folder plainly")]
    [InlineData("https://models.example.org/a/%2e%2e/b/", "write the folder plainly")]
    [InlineData("https://models.example.org/a%2fb/", "write the folder plainly")]
    [InlineData("https://models.example.org/a%5Cb/", "write the folder plainly")]
    [InlineData("https://models.example.org/a\\b/", "write the folder plainly")]
    [InlineData("https://models.example.org/a%00b/", "write the folder plainly")]
    [InlineData("file:///models/../etc", "write the folder plainly")]
    [InlineData("az://account/models", "write az://account/container/folder/")]
    [InlineData("az://account/models/", "write az://account/container/folder/")]
    [InlineData("az://account.blob.example/models/a/", "write az://account/container/folder/")]
    [InlineData("az://account/Models/a/", "write az://account/container/folder/")]
    [InlineData("https://models.example.org/a/?sig=s3cret", "no credentials")]
    [InlineData("https://someone:s3cret@models.example.org/a/", "no credentials")]
    [InlineData("https://someone:s3/cret@models.example.org/a/", "is no URI")]
    public void Parse_NoNameOfAModel_IsRefusedWithoutWhatMayBeSecret(string name, string says)
    {
        var error = Assert.Throws<RailInputException>(() => ModelLocation.Parse(name));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_VeryLongUri_IsRefused() =>
        Assert.Contains("at most 2048", Assert.Throws<RailInputException>(() => ModelLocation.Parse("https://a.example/" + new string('a', 3_000))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://a.example/b?c=d", "https://a.example/b")]
    [InlineData("https://u:p@a.example/b@c", "https://a.example/b@c")]
    [InlineData("https://u:p@a.example", "https://a.example")]
    [InlineData("/folder/a@b", "/folder/a@b")]
    public void Show_Uri_HasNeitherUserNorQuery(string uri, string shown) => Assert.Equal(shown, ModelLocation.Show(uri));
}
