using System.Net;
using System.Text.Json;
using Granary.Dashboard.Explaining;
using Granary.Dashboard.Tests.Hosting;

namespace Granary.Dashboard.Tests.Api;

[Collection(SharedDashboard.Name)]
public sealed class ExplainApiTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Explain_FromAnotherSite_IsRefused()
    {
        using HttpResponseMessage response = await dashboard.PostAsync("/api/trials/any-1/1/explain", ownPage: false);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Explain_NoTrialOrNoCheckpoint_SaysWhich()
    {
        string sweep = await dashboard.Silo.SubmitAsync("explain-early");

        Assert.Equal((HttpStatusCode.NotFound, "There is no trial 'nowhere-1/0001'."), await AskAsync("nowhere-1/1"));
        Assert.Equal((HttpStatusCode.NotFound, $"There is no trial '{sweep}/0009'."), await AskAsync($"{sweep}/9"));
        Assert.Equal(
            (HttpStatusCode.Conflict, $"Trial '{sweep}/0001' has no checkpoint yet; its first epoch leaves one."),
            await AskAsync($"{sweep}/1"));
    }

    [Theory]
    [InlineData("checkpoint=middle", "checkpoint is 'middle'; expected best or last.")]
    [InlineData("example=-1", "example is -1; expected 0 or above.")]
    public async Task Explain_WrongWish_SaysWhatWasExpected(string query, string expected) =>
        Assert.Equal((HttpStatusCode.BadRequest, expected), await AskAsync("any-1/1", query));

    [Fact]
    public async Task Explain_UploadThatIsNoPicture_IsRefused()
    {
        (HttpStatusCode status, string why) = await AskAsync("any-1/1", upload: "GIF89a"u8.ToArray());

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "The file is not a picture; expected a JPEG or a PNG."), (status, why));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Explain_UploadOfTheLargestSizeAndOfOneMore_IsReadAndIsRefused(bool chunked)
    {
        byte[] largest = new byte[UploadedPicture.MostBytes];
        "\u0089PNG\r\n\u001a\n".Select(letter => (byte)letter).ToArray().CopyTo(largest, 0);

        // There is no such trial: the picture was accepted.
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("any-1/1", upload: largest, chunked: chunked)).Status);
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "The picture has more than 16 MiB. Use granary explain --image."),
            await AskAsync("any-1/1", upload: [.. largest, 0], chunked: chunked));
    }

    [Theory]
    [InlineData("/api/explanations/0123")]
    [InlineData("/api/explanations/0123/grad-cam.png")]
    [InlineData("/api/explanations/0123/..%2F..%2Fsecret.png")]
    public async Task Get_NoExplanation_IsNotFound(string path)
    {
        using HttpResponseMessage response = await dashboard.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string Detail)> AskAsync(
        string trial, string query = "", byte[]? upload = null, bool chunked = false)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/trials/{trial}/explain?{query}");
        request.Headers.Add("X-Granary", "1");
        request.Content = upload is null ? null : new ByteArrayContent(upload);
        request.Headers.TransferEncodingChunked = chunked;
        // Else the answer may be lost in the connection's end, when the rest of the body is not read.
        request.Headers.ExpectContinue = upload is not null;
        using HttpResponseMessage response = await dashboard.Http.SendAsync(request);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, problem.RootElement.GetProperty("detail").GetString()!);
    }
}
