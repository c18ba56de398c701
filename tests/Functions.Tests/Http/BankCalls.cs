using System.Net.Http.Headers;
using System.Text;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Http;

internal static class BankCalls
{
    /// <summary>Calls below <c>api/</c>; without a token unless one is given.</summary>
    public static async Task<Answer> CallAsync(
        this HttpBank bank, string method, string path, string? json = null, string? token = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"api/{path}");
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        using var response = await bank.Anonymous.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
