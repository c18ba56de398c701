using Serverless.Banking.Accounts;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>The invoice that a scanned code names, and the account to pay it from.</summary>
public sealed record ScannedBill(Company Company, Invoice Invoice, Account? ProposedAccount);

/// <summary>Reads the text of a scanned bill code and finds the invoice it names (BILL-09).</summary>
public sealed class ScanBill
{
    private readonly CompanyCatalogue companies;
    private readonly BillerClient billers;
    private readonly InvoiceClaims claims;
    private readonly ListAccounts accounts;

    internal ScanBill(CompanyCatalogue companies, BillerClient billers, InvoiceClaims claims, ListAccounts accounts) =>
        (this.companies, this.billers, this.claims, this.accounts) = (companies, billers, claims, accounts);

    /// <param name="text">QR code or barcode, as the scanner gives it.</param>
    /// <returns>The unpaid invoice. Or, first match: <see cref="ScannedCodeUnreadable"/>, <see cref="IssuerUnknown"/>, <see cref="CompanyUnavailable"/>,
    /// <see cref="InvoiceNotFound"/>, <see cref="InvoiceAlreadyPaid"/>, <see cref="InvoiceWithdrawn"/>, <see cref="InvoiceBeingPaid"/>.</returns>
    public async Task<Result<ScannedBill>> RunAsync(CustomerId customer, string text, CancellationToken cancellation)
    {
        var read = Read(text, "/text");
        if (!read.IsSuccess)
            return read.Error;

        var (company, account, number) = read.Value;
        var proposed = ListUnpaidInvoices.ProposeAsync(accounts, customer, cancellation);
        var invoice = await FindPayableAsync(billers, claims, account, number, cancellation);
        var bill = await proposed;
        return invoice.Then(found => new ScannedBill(company, found, bill));
    }

    /// <summary>What the code names, without asking anybody.</summary>
    internal Result<(Company Company, ClientAccount Account, string Number)> Read(string text, string field)
    {
        if (ScannedCode.Find(text) is not { } code)
            return new ScannedCodeUnreadable(field);
        var company = code.Gln is { } gln ? companies.FindByGln(gln) : companies.FindActive(code.Company) is { AcceptsQr: true } named ? named : null;
        if (company is null)
            return new IssuerUnknown();
        if (company.CodeFormat.Check(code.ClientCode, field) is not null)
            return new ScannedCodeUnreadable(field);
        return (company, new ClientAccount(company.Id, code.ClientCode), code.InvoiceNumber);
    }

    /// <summary>The invoice as its company and our own claims have it now, if it can be paid.</summary>
    /// <returns>Or, first match: <see cref="CompanyUnavailable"/>, <see cref="InvoiceNotFound"/>, <see cref="InvoiceAlreadyPaid"/>,
    /// <see cref="InvoiceWithdrawn"/>, <see cref="InvoiceBeingPaid"/>.</returns>
    internal static async Task<Result<Invoice>> FindPayableAsync(
        BillerClient billers, InvoiceClaims claims, ClientAccount account, string number, CancellationToken cancellation)
    {
        var asked = billers.FindInvoiceAsync(account, number, cancellation);
        var claim = await claims.FindStandingAsync(account, number, cancellation);
        var invoice = (await asked).Then(reported => claim is null ? reported : KnownInvoices.Apply(reported, claim));
        return invoice.Then(CheckPayable);
    }

    /// <returns>The invoice. Or: <see cref="InvoiceAlreadyPaid"/>, <see cref="InvoiceWithdrawn"/>, <see cref="InvoiceBeingPaid"/>.</returns>
    internal static Result<Invoice> CheckPayable(Invoice invoice) => invoice.State switch
    {
        InvoiceState.Paid => new InvoiceAlreadyPaid(),
        InvoiceState.Withdrawn => new InvoiceWithdrawn(),
        InvoiceState.Paying => new InvoiceBeingPaid(),
        _ => invoice,
    };
}
