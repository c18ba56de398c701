using System.Net;
using Microsoft.Extensions.Options;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Tests.Bills;

public sealed class PartnerHttpTests
{
    [Theory]
    [InlineData("GET", false, 3)]
    [InlineData("POST", false, 1)]
    [InlineData("POST", true, 3)]
    public async Task A_failing_call_is_tried_again_only_if_it_may_be_repeated(string method, bool repeatable, int tries)
    {
        var line = new Line(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        using var http = Partner(line);

        using var request = new HttpRequestMessage(HttpMethod.Parse(method), "x");
        request.Options.Set(PartnerHttp.Repeatable, repeatable);
        using var answer = await http.Find("p", Endpoint())!.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(tries, line.Tries);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_is_not_tried_again()
    {
        var line = new Line(_ => new HttpResponseMessage(HttpStatusCode.Conflict));
        using var http = Partner(line);

        using var answer = await http.Find("p", Endpoint())!.GetAsync(new Uri("x", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Conflict, 1), (answer.StatusCode, line.Tries));
    }

    [Fact]
    public async Task A_partner_that_hangs_is_given_up_after_its_time()
    {
        var line = new Line(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return new HttpResponseMessage();
        });
        using var http = Partner(line);
        var endpoint = Endpoint();
        (endpoint.TryTimeout, endpoint.Retries) = (TimeSpan.FromMilliseconds(50), 0);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => http.Find("p", endpoint)!.GetAsync(new Uri("x", UriKind.Relative)));

        Assert.True(PartnerFailures.IsFailure(failure), failure.GetType().Name);
    }

    [Fact]
    public async Task A_partner_that_goes_on_failing_is_left_alone_and_the_others_are_not()
    {
        var line = new Line(request => new HttpResponseMessage(request.RequestUri!.Host == "bad" ? HttpStatusCode.InternalServerError : HttpStatusCode.OK));
        using var http = Partner(line);
        var (bad, good) = (Endpoint("http://bad"), Endpoint("http://good"));
        bad.Retries = 0;
        var failures = 0;
        for (var i = 0; i < 30; i++)
        {
            try
            {
                using var answer = await http.Find("bad", bad)!.GetAsync(new Uri("x", UriKind.Relative));
            }
            catch (Exception e) when (PartnerFailures.IsFailure(e))
            {
                failures++;
            }
        }

        Assert.Equal((10, 20), (line.Tries, failures));
        using var other = await http.Find("good", good)!.GetAsync(new Uri("x", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Every_call_carries_the_key_and_a_trace()
    {
        HttpRequestMessage? seen = null;
        var line = new Line(request =>
        {
            seen = request;
            return new HttpResponseMessage();
        });
        using var http = Partner(line);

        using var answer = await http.Find("p", Endpoint())!.GetAsync(new Uri("a/b", UriKind.Relative));

        Assert.Equal("Bearer secret http://partner/base/a/b", $"{seen!.Headers.Authorization} {seen.RequestUri}");
        Assert.True(line.HadTrace);
    }

    [Fact]
    public void A_partner_without_an_address_has_no_client()
    {
        using var http = Partner(new Line(_ => new HttpResponseMessage()));

        Assert.Null(http.Find("p", new PartnerEndpoint()));
        Assert.Null(http.Find("p", null));
    }

    private static PartnerHttp Partner(Line line) => new(Options.Create(new PartnersOptions { Transport = () => line }));

    private static PartnerEndpoint Endpoint(string url = "http://partner/base") =>
        new() { BaseUrl = new Uri(url), Key = "secret", Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(1) };

    private sealed class Line(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        public Line(Func<HttpRequestMessage, HttpResponseMessage> answer)
            : this((request, _) => Task.FromResult(answer(request)))
        {
        }

        public int Tries { get; private set; }

        public bool HadTrace { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tries++;
            HadTrace = System.Diagnostics.Activity.Current is { IdFormat: System.Diagnostics.ActivityIdFormat.W3C };
            return answer(request, cancellationToken);
        }
    }
}
