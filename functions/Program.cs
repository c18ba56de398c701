using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Serverless.Functions;
using Serverless.Functions.Devices;
using Serverless.Functions.Http;
using Serverless.Functions.Settings;

var builder = FunctionsApplication.CreateBuilder(args);
builder.Configuration.ReadUnderscoresAsHyphens();
builder.ConfigureFunctionsWebApplication();
builder.UseBankMiddleware();
builder.UseMiddleware<DeviceActivityMiddleware>();
builder.Services.AddBank(builder.Configuration);
builder.Build().Run();
