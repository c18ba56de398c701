using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Banking.Bills;

namespace Serverless.Banking.Partners;

/// <summary>The companies' side of bills, over the contract in docs/partners.md.</summary>
public sealed partial class BillerClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<BillerClient> log)
{
    /// <returns>The subscriber's name, or: <see cref="ClientCodeUnknown"/>, <see cref="CompanyUnavailable"/>.</returns>
    public async Task<Result<string>> FindSubscriberAsync(ClientAccount account, CancellationToken cancellation)
    {
        var (status, subscriber) = await GetAsync<BillerSubscriber>(account.Company, $"subscribers/{Escape(account.ClientCode)}", cancellation);
        return status switch
        {
            HttpStatusCode.OK when subscriber?.Name is { Length: > 0 } name => name,
            HttpStatusCode.NotFound => new ClientCodeUnknown(account.Company.Value),
            _ => new CompanyUnavailable(account.Company.Value),
        };
    }

    /// <returns>The unpaid invoices, oldest first and perhaps none, or: <see cref="ClientCodeUnknown"/>, <see cref="CompanyUnavailable"/>.</returns>
    public async Task<Result<UnpaidAtCompany>> ListUnpaidAsync(ClientAccount account, CancellationToken cancellation)
    {
        var (status, list) = await GetAsync<BillerInvoices>(account.Company, $"subscribers/{Escape(account.ClientCode)}/invoices", cancellation);
        if (status == HttpStatusCode.NotFound)
            return new ClientCodeUnknown(account.Company.Value);
        if (status != HttpStatusCode.OK || list?.Invoices is null)
            return new CompanyUnavailable(account.Company.Value);

        var invoices = list.Invoices.Select(invoice => invoice.ToInvoice(account.Company)).ToArray();
        if (invoices.Any(invoice => invoice is null || invoice.Account != account))
        {
            LogNotUnderstood(account.Company, "unpaid invoices");
            return new CompanyUnavailable(account.Company.Value);
        }

        return new UnpaidAtCompany(list.SubscriberName ?? "", [.. invoices.Where(invoice => invoice!.State == InvoiceState.Unpaid)!]);
    }

    /// <returns>The invoice in whatever state, or: <see cref="InvoiceNotFound"/>, <see cref="CompanyUnavailable"/>.</returns>
    public async Task<Result<Invoice>> FindInvoiceAsync(ClientAccount account, string number, CancellationToken cancellation)
    {
        var (status, found) = await GetAsync<BillerInvoice>(account.Company, $"invoices/{Escape(account.ClientCode)}/{Escape(number)}", cancellation);
        if (status == HttpStatusCode.NotFound)
            return new InvoiceNotFound();
        if (status == HttpStatusCode.OK && found?.ToInvoice(account.Company) is { } invoice && invoice.Account == account && invoice.Number == number)
            return invoice;
        return new CompanyUnavailable(account.Company.Value);
    }

    /// <summary>Tells the biller that an invoice was paid. The same order may be sent any number of times.</summary>
    public async Task<Settlement> PayAsync(BillerOrder order, CancellationToken cancellation)
    {
        var company = order.Account.Company;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("payments", UriKind.Relative))
        {
            Content = JsonContent.Create(BillerPayment.From(order), options: JsonSerializerOptions.Web),
        };
        request.Options.Set(PartnerHttp.Repeatable, true);
        var (status, answer) = await SendAsync<BillerSettlement>(company, request, cancellation);
        return status switch
        {
            HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted => Understood(company, answer),
            HttpStatusCode.Conflict when answer is not null => Understood(company, answer with { Status = "refused" }),
            HttpStatusCode.NotFound when answer?.Code == "unknown_invoice" => new Settlement.Refused(RefusalReason.UnknownInvoice),
            _ => new Settlement.Unknown(),
        };
    }

    /// <summary>Asks what became of a payment.</summary>
    public async Task<Settlement> FindPaymentAsync(CompanyId company, Guid paymentId, CancellationToken cancellation)
    {
        var (status, answer) = await GetAsync<BillerSettlement>(company, $"payments/{paymentId:N}", cancellation);
        return status switch
        {
            HttpStatusCode.OK => Understood(company, answer),
            HttpStatusCode.NotFound => new Settlement.NeverReceived(),
            _ => new Settlement.Unknown(),
        };
    }

    private Settlement Understood(CompanyId company, BillerSettlement? answer)
    {
        var settlement = answer?.ToSettlement() ?? new Settlement.Unknown();
        if (settlement is Settlement.Unknown)
            LogNotUnderstood(company, "settlement");
        return settlement;
    }

    private async Task<(HttpStatusCode? Status, T? Body)> GetAsync<T>(CompanyId company, string path, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        return await SendAsync<T>(company, request, cancellation);
    }

    /// <summary>A status of null: there was no answer.</summary>
    private async Task<(HttpStatusCode? Status, T? Body)> SendAsync<T>(CompanyId company, HttpRequestMessage request, CancellationToken cancellation)
        where T : class
    {
        if (http.Find(company.Value, options.Value.Billers.TryGetValue(company.Value, out var endpoint) ? endpoint : null) is not { } client)
        {
            LogNoAddress(company);
            return (null, null);
        }

        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
                LogRefusedUs(company, (int)response.StatusCode);
            if (response.StatusCode == HttpStatusCode.NotFound && response.Content.Headers.ContentLength is null or 0)
                return (response.StatusCode, null);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.Conflict or HttpStatusCode.NotFound)
                return (response.StatusCode, await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellation));
            return (response.StatusCode, null);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            LogNoAnswer(company, e.GetType().Name);
            return (null, null);
        }
        catch (JsonException)
        {
            LogNotUnderstood(company, typeof(T).Name);
            return (null, null);
        }
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Company} gave no answer: {Failure}")]
    private partial void LogNoAnswer(CompanyId company, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Company} answered something else than the contract says: {What}")]
    private partial void LogNotUnderstood(CompanyId company, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Company} refused the bank itself: {Status}")]
    private partial void LogRefusedUs(CompanyId company, int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "No address of {Company} in the settings")]
    private partial void LogNoAddress(CompanyId company);
}

/// <param name="Invoices">Oldest first, all unpaid.</param>
public sealed record UnpaidAtCompany(string SubscriberName, IReadOnlyList<Invoice> Invoices);
