using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Serverless.Emulator.Hosting;

/// <summary>Writes straight to ASP.NET Core's response: what is written here is on its way to the caller.</summary>
internal sealed class HostedResponseData : HttpResponseData
{
    private readonly HttpContext http;

    public HostedResponseData(FunctionContext context, HttpContext http)
        : base(context)
    {
        this.http = http;
        http.Response.OnStarting(CopyHeaders);
        Cookies = new HostedCookies(http.Response.Cookies);
    }

    public override HttpStatusCode StatusCode
    {
        get => (HttpStatusCode)http.Response.StatusCode;
        set => http.Response.StatusCode = (int)value;
    }

    public override HttpHeadersCollection Headers { get; set; } = [];

    public override Stream Body
    {
        get => http.Response.Body;
        set => http.Response.Body = value;
    }

    public override HttpCookies Cookies { get; }

    private Task CopyHeaders()
    {
        foreach (var (name, values) in Headers)
            http.Response.Headers[name] = values.ToArray();

        return Task.CompletedTask;
    }

    private sealed class HostedCookies(IResponseCookies cookies) : HttpCookies
    {
        public override void Append(string name, string value) => cookies.Append(name, value);

        public override void Append(IHttpCookie cookie) => cookies.Append(cookie.Name, cookie.Value, new CookieOptions
        {
            Domain = cookie.Domain,
            Expires = cookie.Expires,
            HttpOnly = cookie.HttpOnly ?? false,
            MaxAge = cookie.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Path = cookie.Path ?? "/",
            Secure = cookie.Secure ?? false,
            SameSite = cookie.SameSite switch
            {
                SameSite.Lax => SameSiteMode.Lax,
                SameSite.Strict => SameSiteMode.Strict,
                SameSite.ExplicitNone => SameSiteMode.None,
                _ => SameSiteMode.Unspecified,
            },
        });

        public override IHttpCookie CreateNew() => new Microsoft.Azure.Functions.Worker.Http.HttpCookie(string.Empty, string.Empty);
    }
}
