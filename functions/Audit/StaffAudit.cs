using Microsoft.AspNetCore.Http;
using Serverless.Banking.Audit;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;

namespace Serverless.Functions.Audit;

/// <summary>Who calls, as the audit trail names them.</summary>
public static class StaffAudit
{
    /// <summary>The member of staff who calls, and from which address; the function declares <see cref="Right.Staff"/>.</summary>
    public static AuditActor StaffActor(this HttpRequest request) => AuditActor.Staff(request.Staff().Id, Address(request));

    /// <summary>The customer who calls, and through which channel; the function declares a customer's right.</summary>
    public static AuditActor CustomerActor(this HttpRequest request) => AuditActor.Customer(request.Customer(), request.CustomerCaller().Channel.Code());

    private static string? Address(HttpRequest request) => request.HttpContext.Connection.RemoteIpAddress?.ToString();
}
